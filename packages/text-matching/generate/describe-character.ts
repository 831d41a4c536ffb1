/** The rules of the fold: the kind and the output of each character. The fold table is generated from them. */
import {
  COMPAT,
  CONFUSABLE,
  DIACRITIC,
  FOREIGN,
  KIND_CLAUSE,
  KIND_DIGIT,
  KIND_ESCAPE,
  KIND_HANGUL,
  KIND_INVISIBLE,
  KIND_JOINER,
  KIND_LETTER,
  KIND_LINE,
  KIND_MARK,
  KIND_PICTURE,
  KIND_SEVERAL,
  KIND_SIGN,
  KIND_SOFT,
  KIND_SOFT_CLAUSE,
  KIND_SPACE,
  KIND_STOP,
  KIND_STRIPPED,
  KIND_TAG,
  LATIN,
  PICTURE,
  TURNED,
  UNSPACED,
  UPPER,
} from '../fold/symbol-flags.ts';
import { BRANCHING_LOOK_ALIKES, LATIN_LOOK_ALIKES, TURNED_LETTERS } from './look-alikes.ts';

export interface CharacterDescription {
  readonly kind: number;
  readonly flags: number;
  /** Folded letters; empty for a character that is not a letter. */
  readonly output: string;
}

const lookAlikes = invert(LATIN_LOOK_ALIKES);
const turned = invert(TURNED_LETTERS);
const branching = invert(BRANCHING_LOOK_ALIKES);

function invert(lists: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(lists).flatMap(([letter, list]) => Array.from(list, (one) => [one, letter])));
}

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u0640]/u;
/** Signs that NFKD turns into letters, but that readers do not read as letters: trade marks, units, fractions. */
const SIGNS_WITH_LETTERS =
  /[™℠®©℗\u3200-\u32ff\u3300-\u33ff\u2150-\u215f\u00bc-\u00be\u2100\u2101\u2105\u2106\u2121\u213b]/u;
// These ranges of combining marks are intended.
/* eslint-disable no-misleading-character-class */
/** Marks to drop: the general ones, and the vowel points that Arabic, Hebrew and Syriac usually omit. */
const DROPPED_MARK =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ua66f-\ua67d\ufe20-\ufe2f]/gu;
/* eslint-enable no-misleading-character-class */
const UNSPACED_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
/** Scripts that posts use only for their Latin looks. Their look-alikes are folded and do not branch. */
const BORROWED_SCRIPT =
  /[\p{Script=Cherokee}\p{Script=Canadian_Aboriginal}\p{Script=Lisu}\p{Script=Coptic}\p{Script=Bopomofo}]/u;
/** Letters that readers of their language treat as the same. */
const SAME_LETTER: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ة: 'ه',
  ς: 'σ',
};
/** `a` to `z` in six-dot braille. */
const BRAILLE_LETTERS = '⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵';
const JAMO_VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const JAMO_LEADS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const JAMO_TAILS = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

const STOPS = "'’.";
const JOINERS = "-_.'/~+*=\\‘’`´·•∙⋅‐‑‒–—―・･‧⁃⁄∕＿。⸱";
const CLAUSE_ENDS = ',;:!?…¿¡،؛؟、，：；！？()[]{}"“”„«»|<>।॥';

const SMALL_KANA = 'ぁぃぅぇぉっゃゅょゎゕゖ';
const LARGE_KANA = 'あいうえおつやゆよわかけ';

/**
 * @param confusables - Unicode's table: character → the text it looks like
 * @param variants - Han characters → the form that stands for them
 */
export function describeCharacter(
  character: string,
  confusables: Readonly<Record<string, string>>,
  variants: ReadonlyMap<string, string>,
): CharacterDescription {
  const nothing = (kind: number): CharacterDescription => ({ kind, flags: 0, output: '' });
  if (/[\n\r\v\f\u0085\u2028\u2029]/u.test(character)) return nothing(KIND_LINE);
  if (/[\p{White_Space}\t\u2800]/u.test(character)) return nothing(KIND_SPACE);
  if (INVISIBLE.test(character)) return nothing(KIND_INVISIBLE);
  if (character.replace(DROPPED_MARK, '') === '') return nothing(KIND_STRIPPED);
  if (/[\uac00-\ud7a3]/u.test(character)) return nothing(KIND_HANGUL);
  if (character === '&' || character === '%') return nothing(KIND_ESCAPE);
  if (character === '#' || character === '@') return nothing(KIND_TAG);

  const picture = pictureLetter(character);
  if (picture !== undefined) return letters(picture, PICTURE | COMPAT);
  const upsideDown = turned.get(character);
  if (upsideDown !== undefined) return letters(upsideDown, TURNED | CONFUSABLE | upperFlag(character));
  if (SIGNS_WITH_LETTERS.test(character)) {
    return nothing(branching.has(character) ? KIND_SOFT : KIND_SIGN);
  }

  const borrowed = BORROWED_SCRIPT.test(character) ? branching.get(character) : undefined;
  if (borrowed !== undefined) return letters(borrowed, CONFUSABLE);
  const folded = foldLetters(character, confusables, variants);
  if (folded !== undefined) return folded;
  if (branching.has(character)) {
    return nothing(CLAUSE_ENDS.includes(character) ? KIND_SOFT_CLAUSE : KIND_SOFT);
  }
  if (STOPS.includes(character)) return nothing(KIND_STOP);
  if (JOINERS.includes(character)) return nothing(KIND_JOINER);
  if (CLAUSE_ENDS.includes(character)) return nothing(KIND_CLAUSE);
  if (/[\p{Extended_Pictographic}\p{So}\p{Emoji_Modifier}]/u.test(character)) return nothing(KIND_PICTURE);
  return nothing(KIND_SIGN);
}

function foldLetters(
  character: string,
  confusables: Readonly<Record<string, string>>,
  variants: ReadonlyMap<string, string>,
): CharacterDescription | undefined {
  const decomposed = character.normalize('NFKD');
  const bare = decomposed.replace(DROPPED_MARK, '');
  const kept = Array.from(bare)
    .filter((part) => /[\p{L}\p{N}\p{M}]/u.test(part))
    .join('');
  if (kept === '') return undefined;
  // A letter in brackets or with a full stop is still that letter. A sign that contains a letter is not.
  if (/[\p{P}\p{S}]/u.test(character) && !/[\p{L}\p{N}]/u.test(character) && !/[\p{So}]/u.test(character)) {
    return undefined;
  }
  let flags = upperFlag(character);
  if (decomposed !== character.normalize('NFD')) flags |= COMPAT;
  if (bare !== decomposed && character.length > 0) flags |= DIACRITIC;
  let output = Array.from(lowerCase(kept))
    .map((part) => SAME_LETTER[part] ?? jamo(part) ?? hiragana(part))
    .join('');
  const usual = Array.from(output)
    .map((part) => variants.get(part) ?? largeKana(part))
    .join('');
  if (usual !== output) flags |= COMPAT;
  output = Array.from(usual).map(decimalDigit).join('');
  const latin =
    lookAlikes.get(output) ?? lookAlikes.get(character) ?? latinConfusable(character, confusables);
  if (latin !== undefined && !/^[a-z0-9]+$/.test(output)) {
    output = latin;
    flags |= /[\p{L}\p{M}]/u.test(character) && bare === character ? DIACRITIC : CONFUSABLE;
  }
  return letters(output, flags);
}

/** Folds Unicode's confusables within the Latin script: no language uses both `ꭓ` and `x`. */
function latinConfusable(
  character: string,
  confusables: Readonly<Record<string, string>>,
): string | undefined {
  if (!/\p{Script=Latin}/u.test(character) || character.codePointAt(0)! < 0x180) return undefined;
  const target = confusables[character]?.normalize('NFKD').replace(DROPPED_MARK, '').toLowerCase();
  return target !== undefined && /^[a-z]$/.test(target) ? target : undefined;
}

function letters(output: string, extra: number): CharacterDescription {
  const parts = Array.from(output);
  const first = parts[0] ?? '';
  let flags = extra;
  if (/^[a-z]$/.test(first)) flags |= LATIN;
  else if (/\p{Script=Latin}/u.test(first)) flags |= LATIN;
  else if (/^\p{L}$/u.test(first) && (branching.has(first) || isForeignAlphabet(first))) flags |= FOREIGN;
  if (UNSPACED_SCRIPT.test(first)) flags |= UNSPACED;
  if (parts.length > 1) return { kind: KIND_SEVERAL, flags, output };
  if (/^\p{Nd}$/u.test(first)) return { kind: KIND_DIGIT, flags, output };
  if (/^\p{M}$/u.test(first)) return { kind: KIND_MARK, flags, output };
  return { kind: KIND_LETTER, flags, output };
}

/** Alphabets whose letters are borrowed for their Latin looks. */
function isForeignAlphabet(letter: string): boolean {
  return /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\p{Script=Georgian}\p{Script=Canadian_Aboriginal}]/u.test(
    letter,
  );
}

function upperFlag(character: string): number {
  return /[\p{Lu}\p{Lt}]/u.test(character) ? UPPER : 0;
}

/** Lower case by way of upper case, so that ß, ẞ, ſ and ς meet their twins. İ must not become two characters. */
function lowerCase(text: string): string {
  return text === 'İ' ? 'i' : text.toUpperCase().toLowerCase().replace(DROPPED_MARK, '');
}

/** Letters in boxes, circles and braille, and as halves of flags, which have no decomposition. */
function pictureLetter(character: string): string | undefined {
  const point = character.codePointAt(0)!;
  for (const first of [0x1f1e6, 0x1f130, 0x1f150, 0x1f170]) {
    if (point >= first && point < first + 26) return String.fromCodePoint(point - first + 97);
  }
  if (character === '🆎') return 'ab';
  const braille = BRAILLE_LETTERS.indexOf(character);
  return braille < 0 ? undefined : String.fromCodePoint(braille + 97);
}

/** Maps jamo by shape: leads and tails become the same letters, so that a decomposed syllable reads like a whole one. */
function jamo(part: string): string | undefined {
  const point = part.codePointAt(0)!;
  if (point >= 0x1100 && point < 0x1100 + JAMO_LEADS.length) return JAMO_LEADS[point - 0x1100];
  if (point >= 0x1161 && point < 0x1161 + JAMO_VOWELS.length) return JAMO_VOWELS[point - 0x1161];
  if (point >= 0x11a8 && point < 0x11a8 + JAMO_TAILS.length) return JAMO_TAILS[point - 0x11a8];
  return undefined;
}

function hiragana(part: string): string {
  const point = part.codePointAt(0)!;
  return point >= 0x30a1 && point <= 0x30f6 ? String.fromCodePoint(point - 0x60) : part;
}

/** Small kana are the sounds of the large ones, and are often typed large. */
function largeKana(part: string): string {
  return LARGE_KANA[SMALL_KANA.indexOf(part)] ?? part;
}

/** Maps the digits of every script to the ASCII digits. */
function decimalDigit(part: string): string {
  if (!/^\p{Nd}$/u.test(part)) return part;
  const point = part.codePointAt(0)!;
  if (point < 0x80) return part;
  // Unicode keeps the ten digits of a script in a row. The zero is the one without a digit before it.
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((point - zero) % 10);
}
