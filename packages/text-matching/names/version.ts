/** The version in a name. The scan takes `III` for `II` with a repeated letter, and `21` for `2.1`; this step tells them apart. */
import * as e from '../evidence/evidence.ts';
import { ROMAN, romanValue } from './numerals.ts';

export interface Version {
  /** Every word of the name that reads as a Roman numeral, in capitals; empty if the name holds no numeral that is meant as one. */
  readonly romans: readonly string[];
  /** Decimal numbers without their signs: `21` for `2.1`. */
  readonly decimals: readonly string[];
  /** The value of each numeral that stands as a word, 2 for `II` and for `2`; none beside a decimal number. */
  readonly values: readonly number[];
  /** The single letter at the end of a name, in lower case: `s` of `Zorvex S`. */
  readonly letter: string | undefined;
}

const ROMAN_WORD = /^(?:mark|mk)?([ivx]+)$/iu;
const FIGURES_WORD = /^(?:mark|mk)?(\d{1,2})$/iu;
/** With one of these, a figure of the text may have been read as a letter of a numeral. */
const DOUBTFUL = e.LEET | e.TYPO | e.NUMBER;
/** The part of a name before its model letter has at least so many letters. */
const MODEL = /\p{L}{3,}.*\s(\p{Script=Latin})$/u;

/** The version of a name; undefined if it has none. */
export function versionOf(name: string): Version | undefined {
  const words = wordsOf(name);
  const isNumbered = words.some(
    (word, index) => romanValue(word, words[index - 1]) > 0 || /^M[Kk][IVX]+$/u.test(word),
  );
  const romans = isNumbered ? romansIn(words) : [];
  const decimals = Array.from(name.matchAll(/(?<![\d.])\d+(?:\.\d+)+(?![\d.])/gu), ([own]) =>
    own.replaceAll('.', ''),
  );
  const values =
    decimals.length > 0 ? [] : [...romans.map((roman) => ROMAN.indexOf(roman)), ...valuesOf(words)];
  const letter = MODEL.exec(name)?.[1]?.toLowerCase();
  const isModel = letter !== undefined && romans.length === 0;
  if (values.length === 0 && decimals.length === 0 && !isModel) return undefined;
  return { romans, decimals, values, letter: isModel ? letter : undefined };
}

/** True if the text from `from` to `to` names the same version. */
export function isSameVersion(
  { romans, decimals, values, letter }: Version,
  text: string,
  from: number,
  to: number,
  evidence: e.EvidenceSet,
): boolean {
  if ((evidence & (e.SPACED | e.REVERSED)) !== 0) return true;
  const matched = text.slice(from, to).normalize('NFKC');
  const words = wordsOf(matched);
  if (romans.length > 0 && romansIn(words).some((roman) => !romans.includes(roman))) return false;
  if (values.length > 0 && (evidence & DOUBTFUL) !== 0 && !isSameValue(values, romans, words, evidence))
    return false;
  const isHashtag = text.charAt(from - 1) === '#';
  // A hashtag can't hold a stop.
  if (decimals.length > 0 && !isHashtag && words.some((word) => decimals.some((own) => isEnd(word, own))))
    return false;
  return letter === undefined || isSameModel(letter, matched, evidence, isHashtag);
}

/** True unless a figure has another value, or the numeral was lost to a typo: `Zorvel 1` and `Zorvel` for `Zorvel II`. */
function isSameValue(
  values: readonly number[],
  romans: readonly string[],
  words: readonly string[],
  evidence: e.EvidenceSet,
): boolean {
  const own = valuesOf(words);
  if (own.some((value) => !values.includes(value))) return false;
  const isLost = (evidence & e.TYPO) !== 0 && (evidence & e.JOINED) !== 0 && own.length === 0;
  const last = words.at(-1)?.toUpperCase() ?? '';
  return !isLost || romans.length === 0 || romans.some((roman) => last.endsWith(roman));
}

/** The values of the words that are figures or Roman numerals in any case. */
function valuesOf(words: readonly string[]): number[] {
  return words
    .map((word, at) => Number(FIGURES_WORD.exec(word)?.[1] ?? romanValue(word.toUpperCase(), words[at - 1])))
    .filter((value) => value > 0);
}

function isEnd(word: string, decimal: string): boolean {
  return word.replace(/^\D+/u, '') === decimal;
}

/** True unless the letter was lost to a typo, or is the ending of a plural or genitive: `Zorvexs`, `Zorvex’s`. */
function isSameModel(letter: string, matched: string, evidence: e.EvidenceSet, isHashtag: boolean): boolean {
  if ((evidence & e.TYPO) !== 0 && (evidence & e.JOINED) !== 0) return matched.toLowerCase().endsWith(letter);
  if (letter !== 's' || isHashtag) return true;
  return !/(?:\p{Ll}|['’]\s?)s$/u.test(matched);
}

function romansIn(words: readonly string[]): string[] {
  return words.flatMap((word) => ROMAN_WORD.exec(word)?.[1]?.toUpperCase() ?? []);
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
