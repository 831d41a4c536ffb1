/** Other correct spellings of a name: `&` as `and`, `3` as `three` or `III`, `ü` as `ue`. */
import { englishSpellings } from './english-spellings.ts';
import { NUMBER_WORDS, ROMAN, romanValue } from './numerals.ts';
import { versionSpellings } from './version-spellings.ts';

const AND: Readonly<Record<string, string>> = {
  en: 'and',
  de: 'und',
  fr: 'et',
  es: 'y',
  pt: 'e',
  it: 'e',
  nl: 'en',
  sv: 'och',
  ru: 'и',
  pl: 'i',
  tr: 've',
};
/** Letters that become two on a keyboard that lacks them. */
const TWO_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/[äÄ]/g, 'ae'],
  [/[öÖøØ]/g, 'oe'],
  [/[üÜ]/g, 'ue'],
  [/[åÅ]/g, 'aa'],
];

/** Returns the other spellings, and for each whether it writes a number in another way. */
export function spellingVariants(
  name: string,
  language: string,
): { readonly text: string; readonly isNumber: boolean }[] {
  const code = language.toLowerCase().split(/[-_]/, 1)[0] ?? 'en';
  const variants: { text: string; isNumber: boolean }[] = [];
  for (const and of new Set([AND[code], AND.en])) {
    if (and !== undefined && /[&+]/.test(name)) {
      variants.push({ text: name.replace(/\s*[&+]\s*/g, ` ${and} `), isNumber: false });
    }
  }
  const twoLetters = TWO_LETTERS.reduce(
    (text, [letter, pair]) => text.replace(letter, pair),
    name.normalize('NFC'),
  );
  if (twoLetters !== name.normalize('NFC')) variants.push({ text: twoLetters, isNumber: false });
  for (const text of englishSpellings(name)) variants.push({ text, isNumber: false });
  for (const text of new Set([...numberVariants(name, code), ...versionSpellings(name)])) {
    variants.push({ text, isNumber: true });
  }
  return variants;
}

/** Spellings of a name of several words with one number written in another way. */
function numberVariants(name: string, code: string): string[] {
  const words = name.split(/(\s+)/);
  if (words.length === 1) return [];
  return words.flatMap((word, index) => {
    const others = [code, 'en'].flatMap((language) =>
      otherNumbers(word, words[index - 2], NUMBER_WORDS[language] ?? []),
    );
    return [...new Set(others)].map((other) => words.with(index, other).join(''));
  });
}

function otherNumbers(word: string, before: string | undefined, numbers: readonly string[]): string[] {
  const written = /^\d{1,2}$/.test(word) ? Number(word) : numbers.indexOf(word.toLowerCase());
  const value = written >= 0 ? written : romanValue(word, before) || -1;
  if (value < 0 || value >= ROMAN.length) return [];
  const others = [String(value), numbers[value] ?? '', value > 0 ? ROMAN[value]! : ''];
  return others.filter((other) => other !== '' && other !== word);
}
