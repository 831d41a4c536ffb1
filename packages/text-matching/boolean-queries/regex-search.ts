/** The regexes of all queries, and their search in one text. */
import { RE2Set } from 're2js';
import { type FoldedText } from '../fold/folded-text.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import { REGEX, type EvidenceSet } from '../evidence/evidence.ts';
import { plainReading, type PlainReading } from './plain-reading.ts';
import { findRegex, type UserRegex } from './user-regex.ts';

const NO_ITEM = -1;

/** Regexes that are tried together on every text: one automaton over all of them, so that each more costs little. */
export class RegexSet {
  readonly #regexes: readonly UserRegex[];
  readonly #set = new RE2Set();

  constructor(regexes: readonly UserRegex[]) {
    this.#regexes = regexes;
    for (const regex of regexes) this.#set.add(regex.source);
    if (regexes.length > 0) this.#set.compile();
  }

  get size(): number {
    return this.#regexes.length;
  }

  /** Those that match somewhere. */
  findAny(text: string): UserRegex[] {
    return this.#set.match(text).map((index) => this.#regexes[index]!);
  }
}

/** One text, as regexes see it: as posted, and as it reads where that differs. Each regex is run at most once. */
export class RegexSearch {
  readonly #posted: string;
  readonly #reading: PlainReading | undefined;
  readonly #found = new Map<UserRegex, readonly Candidate[]>();

  constructor(text: FoldedText) {
    this.#posted = text.text;
    this.#reading = plainReading(text);
  }

  /** Those of a set that match the text. */
  matching(set: RegexSet): ReadonlySet<UserRegex> {
    if (set.size === 0) return new Set();
    const read = this.#reading === undefined ? [] : set.findAny(this.#reading.text);
    return new Set([...set.findAny(this.#posted), ...read]);
  }

  /** Returns a regex's matches, with spans in the original. */
  find(regex: UserRegex): readonly Candidate[] {
    const held = this.#found.get(regex);
    if (held !== undefined) return held;
    const found = findRegex(regex, this.#posted).map(([from, to]) => candidate(from, to, 0));
    const spans = new Set(found.map(({ from, to }) => `${from} ${to}`));
    for (const other of this.#findInReading(regex)) {
      if (!spans.has(`${other.from} ${other.to}`)) found.push(other);
    }
    this.#found.set(regex, found);
    return found;
  }

  #findInReading(regex: UserRegex): Candidate[] {
    const reading = this.#reading;
    if (reading === undefined) return [];
    return findRegex(regex, reading.text).map(([from, to]) => {
      const evidence = reading.evidence.slice(from, to).reduce((set, own) => set | own, 0);
      return candidate(reading.from[from]!, reading.to[to - 1]!, evidence);
    });
  }
}

/** It gets its item from the query that it is found for. */
function candidate(from: number, to: number, dress: EvidenceSet): Candidate {
  const evidence = dress | REGEX;
  return { item: NO_ITEM, from, to, evidence, confidence: confidenceOf(evidence, 0), distance: 0 };
}
