/** The index from a word of a text to the names that it may belong to. */
import { editLimit } from '../fuzzy/edit-limits.ts';
import { type Name } from '../names/name.ts';
import { type Phrase } from '../names/phrase.ts';
import { type NameStore } from '../names/name-store.ts';
import { type Companions } from './companions.ts';
import { LeadsBuilder, WHOLE, type Leads } from './leads.ts';
import { NearWordsBuilder, type NearWords } from './near-words.ts';
import { atOnce, type Steps } from '../steps.ts';
import { HashMultimapBuilder, type HashMultimap } from '../hashing/hash-multimap.ts';
import { hashReversed } from '../hashing/word-hash.ts';

/** The ways in which a word leads to a name: the low bits of an exact entry's value. */
const LEAD_SAME = 0;
const LEAD_INFLECTED = 1;
export const LEAD_CONSONANTS = 2;
export const LEAD_REVERSED = 3;
const KIND_BITS = 2;

export interface WordIndex {
  readonly names: NameStore;
  readonly leads: Leads;
  readonly companions: Companions;
  /** Hash of a word → `lead << 2 | kind`. */
  readonly exact: HashMultimap;
  /** Hash of a word with symbols deleted → index of a near word. */
  readonly deletes: HashMultimap;
  readonly near: NearWords;
}

const SHORTEST_BACKWARDS = 5;
/** A word more frequent than this (Zipf) would lead to names too often. */
const TOO_ORDINARY = 4.5;
const SECOND = 3.5;

export function leadOf(value: number): number {
  return value >>> KIND_BITS;
}

export function kindOfLead(value: number): number {
  return value & ((1 << KIND_BITS) - 1);
}

/** Builds the index of some of the names at once. */
export function buildWordIndex(names: NameStore, some: Iterable<Name>): WordIndex {
  const builder = new WordIndexBuilder();
  for (const name of some) builder.add(name);
  return atOnce(builder.buildSteps(names));
}

export class WordIndexBuilder {
  readonly #leads = new LeadsBuilder();
  readonly #exact = new HashMultimapBuilder();
  readonly #words = new NearWordsBuilder();

  add(name: Name): void {
    const { phrase } = name;
    for (const place of leadingPlaces(phrase)) {
      const word = phrase.words[place]!;
      const lead = this.#leads.add(name, place);
      if (phrase.words.length > 1) this.#addExact(word.hash, lead, LEAD_SAME);
      for (const form of word.inflected) this.#addExact(form, lead, LEAD_INFLECTED);
      if (word.consonants !== 0) this.#addExact(word.consonants, lead, LEAD_CONSONANTS);
      if (word.symbols.length >= SHORTEST_BACKWARDS && word.reversed !== word.hash) {
        this.#addExact(word.reversed, lead, LEAD_REVERSED);
      }
      this.#words.add(word.symbols, editLimit(word.symbols.length), lead, word.hasDigit);
    }
    if (phrase.words.length < 2) return;
    const { joined } = phrase;
    const lead = this.#leads.add(name, WHOLE);
    this.#addExact(hashReversed(joined, 0, joined.length), lead, LEAD_REVERSED);
    if (phrase.joinedConsonants !== 0) this.#addExact(phrase.joinedConsonants, lead, LEAD_CONSONANTS);
    // One edit covers a slip in a hashtag; two would fill most of the index.
    this.#words.add(joined, Math.min(1, editLimit(joined.length)), lead);
  }

  /** @param names - all names, those of the index among them */
  *buildSteps(names: NameStore): Steps<WordIndex> {
    const words = yield* this.#words.buildSteps();
    yield;
    const exact = yield* this.#exact.buildSteps();
    yield;
    return { names, ...this.#leads.build(), exact, ...words };
  }

  #addExact(hash: number, lead: number, kind: number): void {
    this.#exact.add(hash, (lead << KIND_BITS) | kind);
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
