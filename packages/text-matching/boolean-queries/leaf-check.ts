/** Checks that a place with a leaf's letters is that leaf: it must have its signs, its wildcards and each of its characters. */
import { type FieldPiece } from '../fields/field-pieces.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { plainWord } from './plain-word.ts';
import { meantSigns, plainSigns, signsOf, type Signs } from './query-signs.ts';
import { type PatternLeaf, type WordsLeaf } from './query.ts';
import { matchesWildcards, type Wildcards } from './wildcards.ts';

/** The place as it is reported, signs included; undefined where it isn't one. */
export type LeafCheck = <Place extends Candidate>(piece: FieldPiece, place: Place) => Place | undefined;

/** UTF-16 units to search for signs on each side of a word. */
const BESIDE = 24;
/** How `&` is said. */
const AND = /(?:^|\P{L})(?:and|und|et|y|e|en|och|и|i|ve|n)(?:\P{L}|$)/iu;
/** The letters that a word goes on with. */
const WORD_TAIL = /[\p{L}\p{M}\p{N}\p{Cf}]*/uy;

/** Undefined for a leaf that its letters are enough for. */
export function leafCheck(leaf: WordsLeaf | PatternLeaf): LeafCheck | undefined {
  if (leaf.type === 'words' && leaf.mode === 'raw') return rawCheck(leaf.text);
  const signs = signsOf(leaf.type === 'pattern' ? leaf.text.replace(/[*?]/g, '') : leaf.text);
  const hasSigns: LeafCheck | undefined =
    signs === undefined ? undefined : (piece, place) => checkSigns(signs, piece, place);
  if (leaf.type === 'words') return hasSigns;
  const pattern = patternOf(leaf.text);
  return (piece, place) => {
    const whole = checkPattern(pattern, piece, place);
    return whole === undefined || hasSigns === undefined ? whole : hasSigns(piece, whole);
  };
}

/** A pattern from its first letter on, and what comes behind the letters that it begins with. */
interface Pattern {
  readonly whole: Wildcards;
  readonly tail: Wildcards;
}

function patternOf(text: string): Pattern {
  return {
    whole: Array.from(plainWord(text.slice(text.search(/[\p{L}\p{N}]/u)))),
    tail: Array.from(plainWord(text.slice(text.search(/[*?]/)))),
  };
}

/** The first letters may be in disguise, so what goes on from them is compared; a doubled letter may be the pattern's next, so all is, too. */
function checkPattern<Place extends Candidate>(
  { whole, tail }: Pattern,
  { text }: FieldPiece,
  place: Place,
): Place | undefined {
  WORD_TAIL.lastIndex = place.to;
  const to = place.to + (WORD_TAIL.exec(text)?.[0].length ?? 0);
  const agrees = (pattern: Wildcards, from: number) =>
    matchesWildcards(pattern, Array.from(plainWord(text.slice(from, to))));
  return agrees(tail, place.to) || agrees(whole, place.from) ? { ...place, to } : undefined;
}

/** The letters by which raw text is found. */
export function longestRun(raw: string): string {
  const runs = raw.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function rawCheck(raw: string): LeafCheck {
  const lead = raw.indexOf(longestRun(raw));
  return ({ text }, place) => {
    const from = place.from - lead;
    return from >= 0 && text.startsWith(raw, from) ? { ...place, from, to: from + raw.length } : undefined;
  };
}

function checkSigns<Place extends Candidate>(
  signs: Signs,
  { text, kind }: FieldPiece,
  place: Place,
): Place | undefined {
  const ahead = plainSigns(text.slice(Math.max(0, place.from - BESIDE), place.from));
  const after = plainSigns(text.slice(place.to, place.to + BESIDE));
  const isTagItself = kind === 'hashtag' && signs.before === '#';
  const hasBefore = signs.isLooseBefore
    ? meantSigns(ahead).endsWith(signs.before)
    : ahead.endsWith(signs.before);
  if (!hasBefore && !isTagItself) return undefined;
  const hasBehind = signs.isLooseBehind
    ? meantSigns(after).startsWith(signs.behind)
    : after.startsWith(signs.behind) && !goesOn(after, signs.behind);
  if (!hasBehind || !holdsInOrder(plainSigns(text.slice(place.from, place.to)), signs.inner))
    return undefined;
  return place;
}

/** `C+` is not in `C++`. */
function goesOn(after: string, behind: string): boolean {
  const last = behind.at(-1);
  return last !== undefined && last <= '~' && after[behind.length] === last;
}

function holdsInOrder(spelled: string, signs: readonly string[]): boolean {
  let rest = spelled;
  for (const sign of signs) {
    if (sign === '&' && AND.test(rest)) continue;
    const at = sign === '.' || sign === ',' ? rest.search(/[.,]/) : rest.indexOf(sign);
    if (at < 0) return false;
    rest = rest.slice(at + sign.length);
  }
  return true;
}
