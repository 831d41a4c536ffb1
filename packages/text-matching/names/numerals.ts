/** Numerals as people write them in names: Roman, in words, as ordinals. */

export const NUMBER_WORDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    en: 'zero one two three four five six seven eight nine ten eleven twelve',
    de: 'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
    fr: 'zéro un deux trois quatre cinq six sept huit neuf dix onze douze',
    es: 'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce',
    pt: 'zero um dois três quatro cinco seis sete oito nove dez onze doze',
    it: 'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici',
    nl: 'nul een twee drie vier vijf zes zeven acht negen tien elf twaalf',
    ru: 'ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать',
  }).map(([code, words]) => [code, words.split(' ')]),
);
export const ROMAN = '0 I II III IV V VI VII VIII IX X XI XII'.split(' ');
const ORDINAL_WORDS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
/** A word after which a single letter is a Roman numeral. Elsewhere it is a letter: `Model X`. */
const HEAD =
  /^(?:mark|mk|part|phase|chapter|volume|vol|gen|generation|series|version|type|act|episode)\.?$/iu;

/** The value of a Roman numeral in capitals, 0 if the word is none. One letter counts only after a word such as `Mark`. */
export function romanValue(word: string, before: string | undefined): number {
  const value = ROMAN.indexOf(word);
  if (value < 1) return 0;
  return word.length > 1 || HEAD.test(before ?? '') ? value : 0;
}

/** The value of `2`, `2nd`, `second`, `two` or `II`, 0 if the word is no numeral up to twelve. */
export function numeralValue(word: string): number {
  const figures = /^(\d{1,2})(?:st|nd|rd|th)?$/iu.exec(word)?.[1];
  if (figures !== undefined) return Number(figures) < ROMAN.length ? Number(figures) : 0;
  const lower = word.toLowerCase();
  const lists = [NUMBER_WORDS.en!, ORDINAL_WORDS, ROMAN.map((roman) => roman.toLowerCase())];
  return Math.max(0, ...lists.map((list) => list.indexOf(lower)));
}

export function ordinalsOf(value: number): string[] {
  const kind = new Intl.PluralRules('en', { type: 'ordinal' }).select(value);
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[kind];
  return [`${value}${ending}`, ORDINAL_WORDS[value]!];
}

/** A value as a cardinal: `2`, `two`, `II`. */
export function cardinalsOf(value: number): string[] {
  return [String(value), NUMBER_WORDS.en![value]!, ROMAN[value]!];
}
