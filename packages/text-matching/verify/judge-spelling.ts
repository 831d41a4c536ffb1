/**
 * Judges a spelling that the scan found: its edges, the separators between its letters, and how each letter is written.
 * The scan skips separators; this step checks them.
 */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { hasSameLook } from '../names/drawn-kana.ts';
import { type NameForm } from '../names/name-form.ts';
import { type Name } from '../names/name.ts';
import { type WordView } from '../words/word-view.ts';
import { alignSpelling, type Alignment } from './align-spelling.ts';
import { isPartedByBlankLine } from './blank-line.ts';
import { AT_PART, AT_WORD, NOWHERE, WITHIN, endEdge, endOfEnding, startEdge } from './boundaries.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import * as e from '../evidence/evidence.ts';
import {
  hasUnknownPiece,
  isGlueAcceptable,
  isPunctuatedWord,
  isSplitAcceptable,
  isWrittenAsTwo,
  JUNK,
} from './word-guards.ts';

/** The longest separator between two words of a name, in UTF-16 units. */
const LONGEST_SEPARATOR = 12;
/** This many doubled letters are deliberate. */
const MANY_DOUBLED = 3;
/** The share of letters that must be written as themselves: beside digits and signs, and beside masks too. */
const LEGIBLE = 0.4;
const MOSTLY = 0.6;
const FEWEST_BESIDE_MASKS = 4;
/** A Han character says as much as several letters. */
const FEWEST_SIGNS_BESIDE_MASKS = 3;
/** Where one sign masks several letters, a word rarer than this (Zipf) is no word of its own. */
const MASKED_TWICE = 3;
/** The longer a name, the less do signs and digits fit it by chance: its letters, and the share that must be legible. */
const LEGIBLE_OF_LENGTH: readonly (readonly [number, number])[] = [
  [8, 0.12],
  [6, 1 / 3],
  [0, LEGIBLE],
];
/** A romanised spelling with one of these is too far from its name. */
const TOO_FAR = e.LEET | e.MASKED | e.SPLIT | e.GLUED | e.TYPO;
/** The share of letters that may be masked: by any sign, and by stars. */
const MOST_MASKED = 1 / 3;
const MOST_STARRED = 1 / 2;

const HAN = /^\p{Script=Han}$/u;

/** Returns the candidate for a spelling, or undefined if it is not the name. */
export function judgeSpelling(
  text: FoldedText,
  view: WordView,
  name: Name,
  form: NameForm,
  path: Int32Array,
  end: number,
): Candidate | undefined {
  const start = path[0]! < 0 ? -1 - path[0]! : path[0]!;
  const first = startEdge(text, start);
  if (first === NOWHERE) return undefined;
  const found = alignSpelling(text, form, path, end);
  if (found === undefined || !isLegible(found, form)) return undefined;
  // Only spellings with drawn kana differ so from their name.
  if ((form.evidence & e.CONFUSABLE) !== 0 && !hasSameLook(text, form, path)) return undefined;
  if (found.leet + found.masked > 0 && isPunctuatedWord(text, view, start, found.end)) return undefined;
  const isAlone = name.phrase.words.length === 1;
  if (found.weakMasks > 0 && isAlone && !hasUnknownPiece(view, start, found.end)) return undefined;
  const least = found.masked > 1 && found.maskSign !== undefined ? MASKED_TWICE : JUNK;
  if (isDecorated(text, found)) return undefined;
  if (found.edgeMask >= 0 && isWholeWord(text, view, found.edgeMask, isAlone, least)) return undefined;
  const between = judgeSeparators(text, view, name, found, start);
  const edges = judgeEdges(text, view, name, found, start, first);
  if (between === undefined || edges === undefined) return undefined;
  // `looser` is a different word from an ordinary `loser`.
  if (name.isOrdinary && found.doubled > 0 && found.doubled < MANY_DOUBLED) return undefined;
  const evidence = form.evidence | found.evidence | between | edges;
  if ((form.evidence & e.TRANSLITERATED) !== 0 && (evidence & TOO_FAR) !== 0) return undefined;
  const from = Math.min(text.from[start]!, text.from[found.end - 1]!);
  const to = Math.max(text.to[found.end - 1]!, text.to[start]!);
  if (isPartedByBlankLine(text.text, from, to)) return undefined;
  return {
    item: name.index,
    from,
    to,
    evidence,
    confidence: confidenceOf(evidence, found.edits),
    distance: found.edits,
  };
}

/** True if an ordinary word stands before an emoji, or before a star if the name has no other word: neither hides a letter. */
function isWholeWord(
  text: FoldedText,
  view: WordView,
  last: number,
  isAlone: boolean,
  least: number,
): boolean {
  const isPicture = (text.flags[last + 1]! & s.AFTER_LAST_PICTURE) !== 0;
  return (isPicture || isAlone) && view.zipf(view.wordAt(last)) >= least;
}

/** True if the only hidden letters are several at the end of a word, behind pictures: these adorn the word before them. */
function isDecorated(text: FoldedText, { edgeMask, edgeLetters, masked }: Alignment): boolean {
  if (edgeLetters < 2 || masked !== edgeLetters) return false;
  const behind = text.flags[edgeMask + 1]!;
  const isEnd = edgeMask + 1 === text.length || (behind & s.SPACES) !== 0;
  return isEnd && (behind & s.AFTER_LAST_PICTURE) !== 0;
}

/** True for a name of Han characters alone. */
function isHan({ points }: NameForm): boolean {
  return points.every((point) => HAN.test(String.fromCodePoint(point)));
}

/** True if enough letters are written as themselves or as look-alikes. */
function isLegible(found: Alignment, form: NameForm): boolean {
  const letters = found.plain + found.drawn + found.leet + found.masked;
  if (found.masked > 0) {
    const fewest = isHan(form) ? FEWEST_SIGNS_BESIDE_MASKS : FEWEST_BESIDE_MASKS;
    if (found.hidesWord || found.plain < fewest) return false;
    // A star only hides letters, and so do several equal emoji. A single emoji is usually only an emoji.
    const isMeant = found.starMasks === found.masked || (found.masked > 1 && found.maskSign !== undefined);
    const most = isMeant ? MOST_STARRED : MOST_MASKED;
    if (found.masked > most * letters) return false;
    if (found.leet > 0 && found.plain < MOSTLY * letters) return false;
  }
  if (found.leet === 0) return true;
  const legible = found.plain + found.drawn;
  const [, share] = LEGIBLE_OF_LENGTH.find(([length]) => letters >= length)!;
  return legible >= share * letters;
}

/** Returns the evidence of the separators, or undefined if they show that this is not the name. */
function judgeSeparators(
  text: FoldedText,
  view: WordView,
  name: Name,
  found: Alignment,
  start: number,
): e.EvidenceSet | undefined {
  if (found.longestSeparator > LONGEST_SEPARATOR) return undefined;
  const { hasSpacedWord, others } = found.inner;
  let evidence = hasSpacedWord ? e.SPACED : 0;
  if (hasSpacedWord && others.count === 0) return evidence;
  if (others.kinds !== 0) {
    // A spelling with signs for letters is not also split by spaces.
    if ((others.kinds & s.SPACES) !== 0 && found.leet + found.masked > 0) return undefined;
    if (!isSplitAcceptable(text, view, name, start, found)) return undefined;
    evidence |= e.SPLIT;
  } else if (others.partKinds !== 0) {
    if ((others.partKinds & s.AFTER_CLAUSE) !== 0) return undefined;
    if ((others.partKinds & s.SPACES) !== 0 && !isWrittenAsTwo(text, view, name, start, found.end))
      return undefined;
    evidence |= e.SEPARATED;
  }
  const isParted = (found.outerKinds & s.AFTER_CLAUSE) !== 0 && (found.outerKinds & s.AFTER_SPACE) !== 0;
  if (isParted && !isEachQuoted(text, start, found.end)) return undefined;
  if (found.missingBreaks > 0) evidence |= e.JOINED;
  if (found.changedBreaks > 0) evidence |= e.SEPARATED;
  return evidence;
}

const QUOTES = '"“”„‟«»';
const OTHER_CLAUSE = /[,;:!?…¿¡(){}[\]]/u;

/** True if quotes stand around the whole and, with no other sign of a clause, within it: `“Harbor” “Comet”`. */
function isEachQuoted(text: FoldedText, start: number, end: number): boolean {
  const from = text.fromOf(start);
  const to = text.toOf(end - 1);
  const isOpen = from > 0 && QUOTES.includes(text.text.charAt(from - 1));
  const isClosed = to < text.text.length && QUOTES.includes(text.text.charAt(to));
  return isOpen && isClosed && !OTHER_CLAUSE.test(text.text.slice(from, to));
}

/** Returns the evidence of the edges, or undefined if the name is only part of another word. Moves the end past an ending. */
function judgeEdges(
  text: FoldedText,
  view: WordView,
  name: Name,
  found: Alignment,
  start: number,
  first: number,
): e.EvidenceSet | undefined {
  const { boundary } = name.policy;
  // Whatever a word goes on with, it begins so: an ending, more figures.
  if (boundary === 'prefix') {
    return first === AT_WORD && (text.flags[found.end]! & s.CONTINUED) === 0 ? 0 : undefined;
  }
  let last = endEdge(text, found.end);
  if (last === NOWHERE) return undefined;
  let evidence = 0;
  if (last !== AT_WORD) {
    const until = endOfEnding(text, found.end, name.endings);
    if (until >= 0 && !isOrdinaryPlural(text, name, start)) {
      evidence |= e.INFLECTED;
      found.end = until;
      last = AT_WORD;
    }
  }
  if (first === AT_WORD && last === AT_WORD) return evidence;
  if (boundary === 'anywhere') return evidence | e.GLUED;
  if (boundary === 'word') return undefined;
  if (first <= AT_PART && last <= AT_PART) return evidence | e.GLUED;
  const glued = (first === WITHIN || last === WITHIN) && isGlueAcceptable(text, view, name, start, found.end);
  return glued ? evidence | e.GLUED : undefined;
}

/** True for the plural of an ordinary word that is not written as a name. */
function isOrdinaryPlural(text: FoldedText, name: Name, start: number): boolean {
  const { isCapital } = name.phrase.words[0]!;
  const isUpper = (text.flags[start]! & s.UPPER) !== 0;
  if (name.isOrdinary) return !(isCapital && isUpper);
  return name.isCompound && isCapital && !isUpper;
}
