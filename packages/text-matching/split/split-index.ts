/**
 * Names cut in two by the end of a text: the index from the last word of one text and the first word of the next to the names that
 * they may belong to. Chance decides at compile time which cuts count (docs/decisions/0106-names-over-two-texts.md).
 */
import { SPLIT } from '../evidence/evidence.ts';
import { hasBits, setOf } from '../hashing/bit-set.ts';
import {
  bucketBegin,
  bucketEnd,
  HashMultimapBuilder,
  isAt,
  mayHold,
  type HashMultimap,
} from '../hashing/hash-multimap.ts';
import { NumberList } from '../hashing/number-list.ts';
import { hashWord } from '../hashing/word-hash.ts';
import { type NameStore } from '../names/name-store.ts';
import { type Name } from '../names/name.ts';
import { type PhraseWord } from '../names/phrase.ts';
import { type Steps } from '../steps.ts';
import { slotOf, zipfAt, type WordTable } from '../words/known-words.ts';
import { shareOfZipf } from '../words/word-share.ts';

/** Words that meet more often than this (as a power of ten) end one text and begin the next by chance. */
const UNLIKELY_CUT = -11;
/** The letters that each part of a cut word must have. */
const SHORTEST_PART = 3;
const MOST_WORDS = 8;
const PLACE_BITS = 8;

/** The hashes of a name's words on both sides of a cut, each side outwards from the cut. */
export interface Cut {
  readonly name: Name;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface SplitIndex {
  readonly names: NameStore;
  /** The hashes of the words beside a cut, combined → index of the name and place of the cut. */
  readonly cuts: HashMultimap;
  /** The words that stand before some cut, and those that stand after one. */
  readonly before: Uint32Array;
  readonly after: Uint32Array;
}

export class SplitIndexBuilder {
  readonly #known: WordTable;
  readonly #cuts = new HashMultimapBuilder();
  readonly #lasts = new NumberList();
  readonly #firsts = new NumberList();

  constructor(known: WordTable) {
    this.#known = known;
  }

  add(name: Name): void {
    if ((name.policy.accepted & SPLIT) === 0) return;
    for (const place of cutsOf(name, this.#known)) {
      const { before, after } = cutAt(name, place);
      this.#lasts.push(before[0]!);
      this.#firsts.push(after[0]!);
      this.#cuts.add(combined(before[0]!, after[0]!), (name.index << PLACE_BITS) | place);
    }
  }

  /** @param names - all names, those of the index among them */
  *buildSteps(names: NameStore): Steps<SplitIndex> {
    const cuts = yield* this.#cuts.buildSteps();
    return { names, cuts, before: setOf(this.#lasts), after: setOf(this.#firsts) };
  }
}

/** False if no cut stands between these words. */
export function mayBeCut({ cuts }: SplitIndex, last: number, first: number): boolean {
  return mayHold(cuts, combined(last, first));
}

/** The cuts that these words stand beside. */
export function cutsBetween({ names, cuts }: SplitIndex, last: number, first: number): Cut[] {
  const hash = combined(last, first);
  const found: Cut[] = [];
  for (let slot = bucketBegin(cuts, hash); slot < bucketEnd(cuts, hash); slot++) {
    if (!isAt(cuts, slot, hash)) continue;
    const value = cuts.values[slot]!;
    found.push(cutAt(names.at(value >>> PLACE_BITS), value & ((1 << PLACE_BITS) - 1)));
  }
  return found;
}

export function mayEndBeforeCut({ before }: SplitIndex, last: number): boolean {
  return hasBits(before, last);
}

export function mayBeginAfterCut({ after }: SplitIndex, first: number): boolean {
  return hasBits(after, first);
}

/** The places where a name may be cut: between two of its words or, if it has one word, between two letters. */
function cutsOf({ phrase }: Name, known: WordTable): number[] {
  const { words } = phrase;
  if (words.length > MOST_WORDS) return [];
  const [only] = words;
  if (only !== undefined && words.length === 1) return lettersToCutAt(only, known);
  const often = words.reduce((sum, { zipf }) => sum + shareOfZipf(zipf), 0);
  return often > UNLIKELY_CUT ? [] : words.slice(1).map((_, place) => place + 1);
}

function lettersToCutAt({ symbols, hasDigit }: PhraseWord, known: WordTable): number[] {
  if (hasDigit) return [];
  const zipf = (from: number, to: number) => {
    const slot = slotOf(known, hashWord(symbols, from, to));
    return slot < 0 ? 0 : zipfAt(known, slot);
  };
  const places: number[] = [];
  const last = Math.min(symbols.length - SHORTEST_PART, (1 << PLACE_BITS) - 1);
  for (let at = SHORTEST_PART; at <= last; at++) {
    if (shareOfZipf(zipf(0, at)) + shareOfZipf(zipf(at, symbols.length)) <= UNLIKELY_CUT) places.push(at);
  }
  return places;
}

function cutAt(name: Name, place: number): Cut {
  const { words } = name.phrase;
  const [only] = words;
  if (only !== undefined && words.length === 1) {
    const { symbols } = only;
    const [before, after] = [hashWord(symbols, 0, place), hashWord(symbols, place, symbols.length)];
    return { name, before: [before], after: [after] };
  }
  const hashes = words.map(({ hash }) => hash);
  return { name, before: hashes.slice(0, place).reverse(), after: hashes.slice(place) };
}

function combined(last: number, first: number): number {
  return Math.imul(last, 0x01000193) ^ first;
}
