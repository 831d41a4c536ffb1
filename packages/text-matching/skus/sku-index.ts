import { type Candidate } from '../evidence/candidate.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import * as e from '../evidence/evidence.ts';
import { isSymbol, keyOf, nextSymbol, readCode, type Code, type CodePlace } from './code.ts';
import { isCodeEnd, isCodeStart } from './code-edges.ts';

/** A SKU to look for, by the index of its term. */
export interface SkuTerm {
  readonly item: number;
  readonly text: string;
  readonly code: Code;
}

/** Places are ruled out by so many symbols; every code has more. */
const AHEAD = 4;

/** Finds SKUs by value, whatever stands between their parts. */
export class SkuIndex {
  readonly #byKey: ReadonlyMap<string, readonly SkuTerm[]>;
  readonly #beginnings: ReadonlySet<number>;
  readonly #longest: number;

  constructor(terms: readonly SkuTerm[]) {
    const byKey = new Map<string, SkuTerm[]>();
    for (const term of terms) {
      const key = keyOf(term.code.symbols);
      const held = byKey.get(key);
      if (held === undefined) byKey.set(key, [term]);
      else held.push(term);
    }
    this.#byKey = byKey;
    this.#beginnings = new Set(Array.from(byKey.keys(), (key) => beginningOf(key, 0)));
    this.#longest = Math.max(0, ...Array.from(byKey.keys(), (key) => key.length));
  }

  /** Adds the SKUs of a text to the candidates. */
  search(text: string, candidates: Candidate[]): void {
    if (this.#longest === 0 || !/\d/u.test(text)) return;
    let wasSymbol = false;
    for (let at = 0; at < text.length; at++) {
      const is = isSymbol(text.charCodeAt(at));
      if (is && !wasSymbol && this.#beginnings.has(beginningOf(text, at))) this.#follow(text, at, candidates);
      wasSymbol = is;
    }
  }

  /** Looks up what stands at the unit `from`, up to each edge behind it. */
  #follow(text: string, from: number, candidates: Candidate[]): void {
    if (!isCodeStart(text, from)) return;
    let symbols = '';
    for (let at = from; at >= 0 && symbols.length < this.#longest; at = nextSymbol(text, at + 1)) {
      symbols += text[at]!;
      if (isSymbol(text.charCodeAt(at + 1))) continue;
      for (const term of this.#byKey.get(keyOf(symbols)) ?? []) {
        const place = readCode(text, from, term.code);
        if (place !== undefined && isCodeEnd(text, place.to)) candidates.push(candidateOf(text, place, term));
      }
    }
  }
}

/** The first symbols at the unit `from` as one number, look-alikes as one; -1 if there are too few. */
function beginningOf(text: string, from: number): number {
  let beginning = 0;
  let at = from;
  for (let count = 0; count < AHEAD; count++) {
    if (count > 0) at = nextSymbol(text, at + 1);
    if (at < 0) return -1;
    beginning = beginning * 128 + LOOKS[text.charCodeAt(at)]!;
  }
  return beginning;
}

/** For each ASCII character, the key of the symbol. */
const LOOKS = Uint8Array.from({ length: 128 }, (_, unit) => keyOf(String.fromCharCode(unit)).charCodeAt(0));

function candidateOf(
  text: string,
  { from, to, hasLookAlike }: CodePlace,
  { item, text: own }: SkuTerm,
): Candidate {
  const written = text.slice(from, to);
  let evidence = hasLookAlike ? e.CONFUSABLE : 0;
  if (!hasLookAlike && lettersOf(written) !== lettersOf(own)) evidence |= e.CASE;
  const signs = written.replace(/[^A-Za-z0-9]/gu, '-');
  if (signs.length < own.length) evidence |= e.JOINED;
  else if (evidence === 0 && written !== own) evidence |= e.SEPARATED;
  return { item, from, to, evidence, confidence: confidenceOf(evidence, 0), distance: 0 };
}

function lettersOf(written: string): string {
  return written.replace(/[^A-Za-z0-9]/gu, '');
}
