/**
 * All names of a list as numbers in a few arrays. As objects, 100,000 names take a quarter of a gigabyte, most of it for the headers of
 * small arrays. An object is made when a name is asked for, and a few recent ones are kept.
 */
import { NumberList } from '../hashing/number-list.ts';
import { NumberRows } from '../hashing/number-rows.ts';
import { addedEndings } from '../languages/endings.ts';
import { type TermPolicy } from '../policy/term-policy.ts';
import { type Name } from './name.ts';
import { joinedOf, type PhraseWord } from './phrase.ts';
import { wordOfRow, wordRow } from './word-rows.ts';

/** In the row of each name: its policy, its language, facts as bits, its consonants, and then its words. */
const POLICY = 0;
const LANGUAGE = 1;
const BITS = 2;
const CONSONANTS = 3;
const WORDS = 4;

const IS_ORDINARY = 1;
const IS_COMPOUND = 2;
const IS_RARE = 4;
const IS_COINED = 8;
const IS_VERSIONED = 16;

/** The number of recent names that are kept, by their index. */
const RECENT = 1 << 11;

interface Parts {
  readonly texts: readonly (string | undefined)[];
  readonly policies: readonly TermPolicy[];
  readonly languages: readonly string[];
  /** The rows of names, and where the row of each index begins and ends. An index without a name has an empty row. */
  readonly numbers: Int32Array;
  readonly starts: Int32Array;
  /** The rows of distinct words ({@link wordRow}), and where each begins and ends. */
  readonly words: Int32Array;
  readonly wordStarts: Int32Array;
}

export class NameStore {
  readonly #parts: Parts;
  readonly #recent: (Name | undefined)[] = new Array<Name | undefined>(RECENT).fill(undefined);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The distinct policies of all names, but those of values. */
  get policies(): readonly TermPolicy[] {
    return this.#parts.policies;
  }

  /** The name with this index. Ask only for an index that has one. */
  at(index: number): Name {
    const slot = index & (RECENT - 1);
    const recent = this.#recent[slot];
    if (recent?.index === index) return recent;
    const name = this.#read(index);
    this.#recent[slot] = name;
    return name;
  }

  /** The texts by their indexes; undefined for an index without a name. */
  get texts(): readonly (string | undefined)[] {
    return this.#parts.texts;
  }

  /** The indexes below another that have a name. */
  *indexesBefore(end: number): Generator<number> {
    const { starts } = this.#parts;
    for (let index = 0; index < end; index++) if (starts[index] !== starts[index + 1]) yield index;
  }

  #read(index: number): Name {
    const { texts, policies, languages, numbers, starts, words, wordStarts } = this.#parts;
    const from = starts[index]!;
    const to = starts[index + 1]!;
    const bits = numbers[from + BITS]!;
    const language = languages[numbers[from + LANGUAGE]!]!;
    const own: PhraseWord[] = [];
    for (let at = from + WORDS; at < to; at++) {
      const word = numbers[at]!;
      own.push(wordOfRow(words, wordStarts[word]!, wordStarts[word + 1]!));
    }
    return {
      index,
      text: texts[index]!,
      language,
      phrase: {
        item: index,
        words: own,
        joined: joinedOf(own),
        joinedConsonants: numbers[from + CONSONANTS]!,
        isRare: (bits & IS_RARE) !== 0,
        isCoined: (bits & IS_COINED) !== 0,
      },
      policy: policies[numbers[from + POLICY]!]!,
      isVersioned: (bits & IS_VERSIONED) !== 0,
      isOrdinary: (bits & IS_ORDINARY) !== 0,
      isCompound: (bits & IS_COMPOUND) !== 0,
      endings: addedEndings(language),
    };
  }
}

/** Collects names in the order of their indexes, some of which may be left out. */
export class NameStoreBuilder {
  readonly #texts: (string | undefined)[] = [];
  readonly #policies: TermPolicy[] = [];
  readonly #policyIds = new Map<string, number>();
  readonly #languages: string[] = [];
  readonly #numbers = new NumberList();
  readonly #starts = new NumberList();
  readonly #words = new NumberRows();

  add({ index, text, language, phrase, policy, isVersioned, isOrdinary, isCompound }: Name): void {
    this.#reach(index);
    this.#texts[index] = text;
    this.#starts.push(this.#numbers.length);
    const bits =
      (isOrdinary ? IS_ORDINARY : 0) |
      (isCompound ? IS_COMPOUND : 0) |
      (phrase.isRare ? IS_RARE : 0) |
      (phrase.isCoined ? IS_COINED : 0) |
      (isVersioned ? IS_VERSIONED : 0);
    this.#numbers.push(this.#idOfPolicy(policy));
    this.#numbers.push(this.#idOfLanguage(language));
    this.#numbers.push(bits);
    this.#numbers.push(phrase.joinedConsonants);
    for (const word of phrase.words) this.#numbers.push(this.#words.add(wordRow(word)));
  }

  /** @param count - the number of indexes, with those that have no name */
  build(count: number): NameStore {
    this.#reach(count);
    this.#starts.push(this.#numbers.length);
    return new NameStore({
      texts: this.#texts,
      policies: this.#policies,
      languages: this.#languages,
      numbers: this.#numbers.whole(),
      starts: this.#starts.whole(),
      words: this.#words.numbers(),
      wordStarts: this.#words.starts(),
    });
  }

  /** Gives the indexes before this one an empty row if they have no name. */
  #reach(index: number): void {
    while (this.#starts.length < index) {
      this.#texts.push(undefined);
      this.#starts.push(this.#numbers.length);
    }
  }

  /** Most terms have no policy of their own, so that a few serve all. A price, a date and a code have one each. */
  #idOfPolicy(policy: TermPolicy): number {
    if ((policy.price ?? policy.date ?? policy.code) !== undefined) return this.#policies.push(policy) - 1;
    const key = JSON.stringify(policy);
    const known = this.#policyIds.get(key);
    if (known !== undefined) return known;
    const id = this.#policies.push(policy) - 1;
    this.#policyIds.set(key, id);
    return id;
  }

  #idOfLanguage(language: string): number {
    const known = this.#languages.indexOf(language);
    return known >= 0 ? known : this.#languages.push(language) - 1;
  }
}
