/** The index from a word of a text to the names that it may belong to. */
import { letterSet } from '../fuzzy/letter-set.ts';
import { editLimit } from '../fuzzy/edit-limits.ts';
import { addDeletes } from '../fuzzy/symmetric-deletes.ts';
import { type Name } from '../names/name.ts';
import { type Phrase } from '../names/phrase.ts';
import { buildCompanions, type Companions } from './companions.ts';
import { atOnce, endsStep, type Steps } from '../steps.ts';
import { HashMultimapBuilder, type HashMultimap } from '../hashing/hash-multimap.ts';
import { hashReversed } from '../hashing/word-hash.ts';

/** Stands for the whole name instead of one of its words. */
export const WHOLE = -1;

/** A word that leads to a name: its place among the name's words, or {@link WHOLE}. */
interface Lead {
  readonly name: Name;
  readonly place: number;
}

/** A word that names share, and the edits that it allows. */
interface NearWord {
  readonly symbols: Int32Array;
  readonly limit: number;
  /** True if only masks may differ: a number with a typo is a different number. */
  readonly isExact: boolean;
  readonly leads: number[];
}

/** The ways in which a word leads to a name: the low bits of an exact entry's value. */
const LEAD_SAME = 0;
const LEAD_INFLECTED = 1;
export const LEAD_CONSONANTS = 2;
export const LEAD_REVERSED = 3;
const KIND_BITS = 2;

export interface WordIndex {
  readonly leads: readonly Lead[];
  readonly companions: Companions;
  /** Hash of a word → `lead << 2 | kind`. */
  readonly exact: HashMultimap;
  /** Hash of a word with symbols deleted → index in `nearWords`. */
  readonly deletes: HashMultimap;
  readonly nearWords: readonly NearWord[];
  /** The length and the letters ({@link letterSet}) of each near word. They rule out most before the word is read. */
  readonly nearLengths: Uint16Array;
  readonly nearLetters: Int32Array;
}

const SHORTEST_BACKWARDS = 5;
/** A word more frequent than this (Zipf) would lead to names too often. */
const TOO_ORDINARY = 4.5;
const SECOND = 3.5;
/** The symbol 9. Letters follow it. */
const NINE = 57;

export function leadOf(value: number): number {
  return value >>> KIND_BITS;
}

export function kindOfLead(value: number): number {
  return value & ((1 << KIND_BITS) - 1);
}

/** Builds the index at once. */
export function buildWordIndex(names: readonly Name[]): WordIndex {
  return atOnce(wordIndexSteps(names));
}

/** Builds the index in steps. */
export function* wordIndexSteps(names: readonly Name[]): Steps<WordIndex> {
  const leads: Lead[] = [];
  const exact = new HashMultimapBuilder();
  const words = new NearWordsBuilder();
  for (const [index, name] of names.entries()) {
    if (endsStep(index)) yield;
    const { phrase } = name;
    for (const place of leadingPlaces(phrase)) {
      const word = phrase.words[place]!;
      const lead = leads.push({ name, place }) - 1;
      if (phrase.words.length > 1) exact.add(word.hash, (lead << KIND_BITS) | LEAD_SAME);
      for (const form of word.inflected) exact.add(form, (lead << KIND_BITS) | LEAD_INFLECTED);
      if (word.consonants !== 0) exact.add(word.consonants, (lead << KIND_BITS) | LEAD_CONSONANTS);
      if (word.symbols.length >= SHORTEST_BACKWARDS && word.reversed !== word.hash) {
        exact.add(word.reversed, (lead << KIND_BITS) | LEAD_REVERSED);
      }
      words.add(word.symbols, editLimit(word.symbols.length), lead, word.hasDigit);
    }
    if (phrase.words.length > 1) {
      const { joined } = phrase;
      const lead = leads.push({ name, place: WHOLE }) - 1;
      exact.add(hashReversed(joined, 0, joined.length), (lead << KIND_BITS) | LEAD_REVERSED);
      if (phrase.joinedConsonants !== 0)
        exact.add(phrase.joinedConsonants, (lead << KIND_BITS) | LEAD_CONSONANTS);
      // One edit covers a slip in a hashtag; two would fill most of the index.
      words.add(joined, Math.min(1, editLimit(joined.length)), lead);
    }
  }
  const companions = buildCompanions(leads);
  yield;
  const built = exact.build();
  yield;
  return { leads, companions, exact: built, ...words.build() };
}

/** Collects the distinct words that may have typos. Names share many. */
class NearWordsBuilder {
  readonly #deletes = new HashMultimapBuilder();
  readonly #nearWords: NearWord[] = [];
  readonly #byKey = new Map<string, NearWord>();

  add(symbols: Int32Array, limit: number, lead: number, isExact = false): void {
    if (limit === 0 || (isExact && !symbols.some((symbol) => symbol > NINE))) return;
    const key = `${limit}${isExact}${String.fromCodePoint(...symbols)}`;
    const held = this.#byKey.get(key);
    if (held !== undefined) {
      held.leads.push(lead);
      return;
    }
    const word = { symbols, limit, isExact, leads: [lead] };
    this.#byKey.set(key, word);
    addDeletes(this.#deletes, symbols, limit, this.#nearWords.push(word) - 1);
  }

  build(): Pick<WordIndex, 'deletes' | 'nearWords' | 'nearLengths' | 'nearLetters'> {
    const words = this.#nearWords;
    return {
      deletes: this.#deletes.build(),
      nearWords: words,
      nearLengths: Uint16Array.from(words, ({ symbols }) => symbols.length),
      nearLetters: Int32Array.from(words, ({ symbols }) => letterSet(symbols, 0, symbols.length)),
    };
  }
}

/** Picks the words that lead to a name: its rarest, and a second one if it is as rare or if the first is too short for typos. */
function leadingPlaces(phrase: Phrase): number[] {
  const places = phrase.words
    .map((_, place) => place)
    .sort((a, b) => {
      const [first, second] = [phrase.words[a]!, phrase.words[b]!];
      return first.zipf - second.zipf || second.symbols.length - first.symbols.length || a - b;
    });
  const [best, next] = places;
  if (best === undefined || next === undefined) return places;
  const isShort = editLimit(phrase.words[best]!.symbols.length) === 0;
  return phrase.words[next]!.zipf <= (isShort ? TOO_ORDINARY : SECOND) ? [best, next] : [best];
}
