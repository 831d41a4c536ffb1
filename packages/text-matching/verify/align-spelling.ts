import { alternativesOf } from '../fold/fold-table.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { PART_BREAK, WORD_BREAK, WORD_BREAK_WITHIN, type NameForm } from '../names/name-form.ts';
import * as e from '../evidence/evidence.ts';
import { beginBreaks, endName, endWord, type NameBreaks } from './word-breaks.ts';

/** Signs that join words far more often than they hide letters. */
const WEAK_MASK = /^[-~+=/‐‑–—]*$/;
/** Signs that people write within a word only to hide letters. */
const STAR_MASK = /^[*_＿•●■█▓░✱∗＊]+$/;
/** The share of a word's letters that must be visible. */
const SEEN_OF_WORD = 0.3;
/** A longer run of one letter is not part of a name. */
const LONGEST_RUN = 100;
const LAST_ASCII = 0x80;
/** The longest escape of one character. A separator up to this length counts as it is written. */
const LONGEST_ESCAPE = 12;

/** The letters of a name as the text spells them, and the separators between them. */
export interface Alignment {
  /** One past the last symbol, repeats included. */
  end: number;
  evidence: e.EvidenceSet;
  /** Counts double letters that the text writes once. */
  edits: number;
  /** Counts letters written once where the name has two, or twice where it has one. */
  doubled: number;
  /** Counts of letters: written as themselves, as look-alikes from other scripts, and as digits or signs. */
  plain: number;
  drawn: number;
  leet: number;
  masked: number;
  /** Counts masked letters whose sign mostly joins words, such as a hyphen. */
  weakMasks: number;
  /** Counts masked letters whose sign is a star or a block. */
  starMasks: number;
  /** The sign that masks every masked letter; undefined if there are several signs, or none. */
  maskSign: string | undefined;
  /** The symbol before masks that hide the last letters, and no other ones, of a word; -1 where none do. */
  edgeMask: number;
  /** The most letters that such masks hide. */
  edgeLetters: number;
  /** True if masks hide too much of some word of the name. */
  hidesWord: boolean;
  /** The separators within the name's words. */
  inner: NameBreaks;
  /** Separators between the name's words: their kinds, and how many are missing or differ from the name's. */
  outerKinds: number;
  missingBreaks: number;
  changedBreaks: number;
  /** In UTF-16 units. */
  longestSeparator: number;
}

/** Compares the symbols of a path with a name, letter by letter. Returns undefined if digits or too many letters differ. */
export function alignSpelling(
  text: FoldedText,
  form: NameForm,
  path: Int32Array,
  end: number,
): Alignment | undefined {
  const found: Alignment = {
    end,
    evidence: 0,
    edits: 0,
    doubled: 0,
    plain: 0,
    drawn: 0,
    leet: 0,
    masked: 0,
    weakMasks: 0,
    starMasks: 0,
    maskSign: undefined,
    edgeMask: -1,
    edgeLetters: 0,
    hidesWord: false,
    inner: beginBreaks(),
    outerKinds: 0,
    missingBreaks: 0,
    changedBreaks: 0,
    longestSeparator: 0,
  };
  const { length } = form.key;
  let afterMask = false;
  let maskRun = 0;
  let seen = 0;
  let wordStart = 0;
  for (let place = 0; place < length; place++) {
    const at = path[place]!;
    const breaks = place === 0 ? 0 : form.breaks[place]! & (WORD_BREAK | WORD_BREAK_WITHIN);
    if (breaks !== 0) {
      if (breaks !== WORD_BREAK_WITHIN) endWord(found.inner);
      maskRun = 0;
      if (seen < SEEN_OF_WORD * (place - wordStart)) found.hidesWord = true;
      // A letter that ends one word and begins the next counts for the first.
      wordStart = place + (breaks === WORD_BREAK_WITHIN ? 1 : 0);
      seen = place - wordStart;
    }
    if (at >= 0) seen++;
    if (place > 0 && (form.breaks[place]! & WORD_BREAK) === 0) found.inner.word.places++;
    if (at < 0) {
      const isFirst = place === 0 || breaks !== 0;
      const isLast = place + 1 === length || (form.breaks[place + 1]! & WORD_BREAK) !== 0;
      if (isBesideSpace(text, symbolOf(at), isFirst, isLast || path[place + 1] === at)) return undefined;
      const signs = maskBefore(text, symbolOf(at)).split(/\s+/u);
      const sign = (isFirst ? signs.at(-1) : signs[0]) ?? '';
      maskRun++;
      if (WEAK_MASK.test(sign)) {
        // A hyphen can hide a letter within a word, but not a digit or the end of a word.
        if ((form.flags[place]! & s.DIGIT) !== 0 || isLast) return undefined;
        found.weakMasks++;
      } else if (STAR_MASK.test(sign)) found.starMasks++;
      if (isLast && seen === place - wordStart - (maskRun - 1)) {
        found.edgeMask = symbolOf(at) - 1;
        found.edgeLetters = Math.max(found.edgeLetters, maskRun);
      }
      const one = onceIfRepeated(sign);
      if (found.masked === 0) found.maskSign = one;
      else if (found.maskSign !== one) found.maskSign = undefined;
      found.masked++;
      found.evidence |= e.MASKED;
      afterMask = true;
      continue;
    }
    if (place > 0 && !afterMask) compareBreak(text, form, place, at, path[place - 1]!, found);
    afterMask = false;
    maskRun = 0;
    compareLetter(text, form, place, at, found);
    const until = place + 1 < length ? symbolOf(path[place + 1]!) : lastOfRun(text, form, at, end);
    if (place + 1 === length) found.end = Math.max(until, found.end);
    if (!compareRun(text, form, place, at, until, found)) return undefined;
  }
  if (seen < SEEN_OF_WORD * (length - wordStart)) found.hidesWord = true;
  endName(found.inner);
  return found;
}

/** True if a space stands beside a mask, on a side where the word goes on. */
function isBesideSpace(text: FoldedText, before: number, isFirst: boolean, isLast: boolean): boolean {
  const isSymbol = before > 0 && (text.flags[before - 1]! & s.SOFT) !== 0;
  const spaceAhead = isSymbol && (text.flags[before - 1]! & s.SPACES) !== 0;
  return (spaceAhead && !isFirst) || (!isLast && (text.flags[before]! & s.SPACES) !== 0);
}

/** The signs that mask the letters before a symbol, as written; empty at the start of the text. */
function maskBefore(text: FoldedText, before: number): string {
  if (before === 0) return '';
  const isSign = (text.flags[before - 1]! & s.SOFT) !== 0;
  const from = isSign ? text.from[before - 1]! : text.to[before - 1]!;
  if (before === text.length) return text.text.slice(from).trim();
  return text.text.slice(from, text.from[before]).trim();
}

/** `🌸` for `🌸🌸`: two letters in a row are hidden by the same sign as one. */
function onceIfRepeated(signs: string): string {
  const [first = '', ...others] = signs;
  return others.every((sign) => sign === first) ? first : signs;
}

function symbolOf(at: number): number {
  return at < 0 ? -1 - at : at;
}

function compareLetter(text: FoldedText, form: NameForm, place: number, at: number, found: Alignment): void {
  const own = text.flags[at]!;
  const wanted = form.flags[place]!;
  if (text.symbols[at] !== form.key[place]) {
    // A currency sign or a ring looks like its letter, as a Cyrillic letter does.
    const isLeet = (own & (s.SOFT | s.DIGIT)) !== 0 && text.symbols[at]! < LAST_ASCII;
    if (isLeet) found.leet++;
    else found.drawn++;
    found.evidence |= isLeet ? e.LEET : e.CONFUSABLE;
    return;
  }
  found.plain++;
  const change = own ^ wanted;
  if ((change & s.UPPER) !== 0) found.evidence |= e.CASE;
  if ((change & s.COMPAT) !== 0) found.evidence |= e.COMPAT;
  if ((change & s.DIACRITIC) !== 0) found.evidence |= e.DIACRITIC;
  if ((change & s.CONFUSABLE) !== 0) found.evidence |= e.CONFUSABLE;
  if ((own & s.ESCAPED) !== 0) found.evidence |= e.ENTITY;
}

/** Files the separator before the letter at `at`: between words, between parts of a word, or within a part. */
function compareBreak(
  text: FoldedText,
  form: NameForm,
  place: number,
  at: number,
  before: number,
  found: Alignment,
): void {
  const own = text.flags[at]!;
  if ((own & s.AFTER_INVISIBLE) !== 0) found.evidence |= e.ZERO_WIDTH;
  const kinds = separatorsBefore(text, at, before);
  const breaks = form.breaks[place]!;
  if (kinds === 0) {
    if ((breaks & WORD_BREAK) !== 0) found.missingBreaks++;
    return;
  }
  found.longestSeparator = Math.max(found.longestSeparator, separatorLength(text, at));
  if ((breaks & WORD_BREAK) !== 0) {
    found.outerKinds |= kinds;
    const separator = text.text.slice(text.to[at - 1], text.from[at]);
    if (separator !== form.separators[place] && separator !== ' ') found.changedBreaks++;
  } else if ((breaks & PART_BREAK) !== 0) {
    found.inner.word.partKinds |= kinds;
    found.inner.word.count++;
  } else {
    found.inner.word.kinds |= kinds;
    found.inner.word.count++;
    found.inner.word.separatorFrom = text.to[at - 1]!;
    found.inner.word.separatorTo = text.from[at]!;
  }
}

/** The kinds of visible separators before a symbol. A sign read as the letter before does not count. */
function separatorsBefore(text: FoldedText, at: number, before: number): number {
  const kinds = text.flags[at]! & s.AFTER_ANY;
  const letterIsSign = before === at - 1 && (text.flags[before]! & s.SOFT) !== 0;
  return letterIsSign ? kinds & s.SPACES : kinds;
}

/** Extends the last letter over its repeats: those that follow directly, and spaced ones that the name has too. */
function lastOfRun(text: FoldedText, form: NameForm, at: number, end: number): number {
  const symbol = form.key[form.key.length - 1]!;
  const wanted = form.runs[form.runs.length - 1]!;
  let until = end;
  while (text.symbols[until] === symbol && until - end < LONGEST_RUN) {
    const isApart = (text.flags[until]! & s.AFTER_ANY) !== 0;
    const isSingle = (text.flags[until + 1]! & s.START) !== 0;
    if (isApart && !(until - at < wanted && isSingle)) break;
    until++;
  }
  return until;
}

/** Compares the length of a run. Digits must agree; a letter may be stretched, and a double letter may be written once. */
function compareRun(
  text: FoldedText,
  form: NameForm,
  place: number,
  at: number,
  until: number,
  found: Alignment,
): boolean {
  const isDigit = (form.flags[place]! & s.DIGIT) !== 0;
  let isBreakDue = (form.breaks[place]! & WORD_BREAK_WITHIN) !== 0;
  let count = 1;
  for (let index = at + 1; index < until; index++) {
    // A sign among repeats is a separator, unless it looks like the same letter.
    if ((text.flags[index]! & s.SOFT) !== 0) {
      const isDrawn = !isDigit && alternativesOf(text.symbols[index]!).includes(form.key[place]!);
      if (!isDrawn) continue;
    }
    count++;
    const kinds = separatorsBefore(text, index, index - 1);
    if (kinds === 0) continue;
    found.longestSeparator = Math.max(found.longestSeparator, separatorLength(text, index));
    if (isBreakDue) {
      found.outerKinds |= kinds;
      isBreakDue = false;
      endWord(found.inner);
    } else {
      found.inner.word.count++;
      found.inner.word.kinds |= kinds;
      found.inner.word.places++;
    }
  }
  if (isBreakDue) found.missingBreaks++;
  const wanted = form.runs[place]!;
  if (count === wanted) return true;
  if (isDigit) return false;
  if (Math.abs(count - wanted) === 1 && Math.min(count, wanted) === 1) found.doubled++;
  if (count > wanted) found.evidence |= e.REPEAT;
  else {
    found.evidence |= e.TYPO;
    found.edits += wanted - count;
  }
  return true;
}

/** The length of the separator before a symbol in characters as displayed: an escape counts as one. */
function separatorLength(text: FoldedText, at: number): number {
  const from = text.to[at - 1]!;
  const to = text.from[at]!;
  if (to - from <= LONGEST_ESCAPE) return to - from;
  return text.text.slice(from, to).replace(/&[#\w]{1,10};|(?:%[0-9a-f]{2})+/gi, ' ').length;
}
