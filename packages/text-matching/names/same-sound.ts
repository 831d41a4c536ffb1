/** Other spellings of the same sound: 쿡히 is spoken as 쿠키, and Kwill as Quill. */

/** The tail of a syllable, and the lead that is spoken where ㅎ follows it. All are conjoining letters, of which Unicode composes syllables. */
const SPOKEN: Readonly<Record<string, string>> = { ᆨ: 'ᄏ', ᆮ: 'ᄐ', ᆸ: 'ᄑ', ᆽ: 'ᄎ' };
const HELD = Object.fromEntries(Object.entries(SPOKEN).map(([tail, lead]) => [lead, tail]));
const H = 'ᄒ';
/** Between two vowels: both letters as they are held apart, or the one that is spoken. */
const PAIR = /(?<=[ᅡ-ᅵ])(?:([ᆨᆮᆸᆽ])ᄒ|([ᄏᄐᄑᄎ]))(?=[ᅡ-ᅵ])/g;
/** A shorter name has ordinary words as such spellings. */
const FEWEST_SYLLABLES = 3;

/** Latin letters of one sound that differ in two letters or more. A spelling that differs in one is found as a typo. */
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/qu(?=[aeiou])/g, 'kw'],
  [/kw(?=[aeiou])/g, 'qu'],
  [/p?ph/g, 'f'],
  [/(?<!\p{L})f/gu, 'ph'],
  [/x/g, 'ks'],
  [/x/g, 'cks'],
  [/c?ks/g, 'x'],
  [/tion/g, 'shun'],
];

/** Spellings of the same sound, each with one pair of letters written in another way. */
export function sameSoundSpellings(name: string): string[] {
  return [...koreanSpellings(name), ...latinSpellings(name.toLowerCase())];
}

function latinSpellings(name: string): string[] {
  return LATIN.flatMap(([letters, others]) =>
    [...name.matchAll(letters)].map(
      ({ 0: own, index }) => `${name.slice(0, index)}${others}${name.slice(index + own.length)}`,
    ),
  );
}

/** Spellings in which two syllables are written as they are not in the name, one pair in each. */
function koreanSpellings(name: string): string[] {
  if ((name.normalize('NFC').match(/[가-힣]/g) ?? []).length < FEWEST_SYLLABLES) return [];
  const letters = name.normalize('NFD');
  return [...letters.matchAll(PAIR)].map(({ 0: pair, 1: tail = '', 2: lead = '', index }) => {
    const other = SPOKEN[tail] ?? `${HELD[lead] ?? ''}${H}`;
    return `${letters.slice(0, index)}${other}${letters.slice(index + pair.length)}`.normalize('NFC');
  });
}
