/**
 * Inflection as rules: for each language, an ending that a word loses and the endings that replace it. A stemmer would also join derived
 * words (`driftlessness` → `driftless`); see docs/decisions. Endings are written folded, without diacritics.
 */

import { CHAINS } from './chains.ts';
import { KOREAN_PARTICLES } from './particles.ts';
import { prefixedForms } from './prefixes.ts';

/** The lost ending (empty if nothing is lost) and its replacements. */
type EndingRules = readonly (readonly [string, string])[];

const ENGLISH: EndingRules = [
  ['y', 'ies'],
  ['', 's es'],
];
const RUSSIAN_ADJECTIVE = 'ыи ии ои ого его ому ему ым им ом ем ая яя ую юю ое ее ые ие ых их ыми ими ею ою';
const SCANDINAVIAN: EndingRules = [
  ['a', 'or an orna'],
  ['', 'en et n t er ar r s ens ets erna arna na a e'],
];

const RULES: Readonly<Record<string, EndingRules>> = {
  en: ENGLISH,
  de: [
    ['e', 'en er es em'],
    ['', 'e en er es em n s ern'],
  ],
  nl: [['', 's en e er n']],
  fr: [
    ['al', 'aux'],
    ['eau', 'eaux'],
    ['', 's x e es'],
  ],
  es: [
    ['z', 'ces'],
    ['o', 'a os as'],
    ['a', 'o os as'],
    ['', 's es'],
  ],
  pt: [
    ['ao', 'oes aos aes'],
    ['l', 'is'],
    ['m', 'ns'],
    ['o', 'a os as'],
    ['a', 'o os as'],
    ['', 's es'],
  ],
  it: [
    ['o', 'a i e'],
    ['a', 'o i e'],
    ['e', 'i'],
    ['', 'i'],
  ],
  sv: SCANDINAVIAN,
  da: SCANDINAVIAN,
  no: SCANDINAVIAN,
  pl: [
    ['y', 'ego emu ym a e ej ych ymi i'],
    ['i', 'iego iemu im a ia ie iej ich imi'],
    ['a', 'y i e ie o om ami ach'],
    ['o', 'a u em ie'],
    ['e', 'a u em'],
    ['', 'a u owi em ie iem y ow om ami ach i'],
  ],
  ru: [
    ['ыи', RUSSIAN_ADJECTIVE],
    ['ии', RUSSIAN_ADJECTIVE],
    ['ои', RUSSIAN_ADJECTIVE],
    ['ая', RUSSIAN_ADJECTIVE],
    ['яя', RUSSIAN_ADJECTIVE],
    ['ое', RUSSIAN_ADJECTIVE],
    ['ее', RUSSIAN_ADJECTIVE],
    ['ые', RUSSIAN_ADJECTIVE],
    ['ие', RUSSIAN_ADJECTIVE],
    ['ок', 'ка ку ком ке ки ков кам ками ках'],
    ['ек', 'ка ку ком ке ки ков кам ками ках'],
    ['а', 'ы и е у ои ою ам ами ах'],
    ['я', 'и е ю еи ею ям ями ях'],
    ['о', 'а у ом е ам ами ах'],
    ['е', 'я ю ем и ям ями ях'],
    ['ь', 'я ю ем и е еи ью ям ями ях'],
    ['', 'а у ом ем е ы и ов еи ам ами ах'],
  ],
  hu: [['', 't at et ot k ak ek ok ban ben ba be bol nak nek val vel ra re rol hoz hez n on en']],
  ar: [
    ['ه', 'تها تهم تنا تك تي ات'],
    ['', 'ها هم نا ك ي ات ان ين'],
  ],
  hi: [
    ['ी', 'ियां ियाँ ियों'],
    ['ा', 'े ों'],
    ['', 'ें ों'],
  ],
  ko: [['', KOREAN_PARTICLES.join(' ')]],
  ...CHAINS,
  id: [['', 'nya ku mu kan an']],
  el: [
    ['οσ', 'ου ο ον ε οι ων ουσ'],
    ['η', 'ησ ην εσ ων'],
    ['α', 'ασ αν εσ ων'],
    ['ο', 'ου α ων'],
    ['', 'σ'],
  ],
};
const SAME_RULES: Readonly<Record<string, string>> = {
  uk: 'ru',
  be: 'ru',
  bg: 'ru',
  nb: 'no',
  nn: 'no',
  ms: 'id',
  ca: 'es',
};

/** The longest ending that any language adds. */
export const LONGEST_ENDING = 12;

function rulesOf(language: string): EndingRules {
  return RULES[ruleBookOf(language)] ?? [];
}

function ruleBookOf(language: string): string {
  const code = language.toLowerCase().split(/[-_]/, 1)[0] ?? '';
  return SAME_RULES[code] ?? code;
}

/** The case endings of a Russian noun that loses its last vowel in them: мох, мха. */
const RUSSIAN_OBLIQUE = 'а у ом е и ы ов ам ами ах'.split(' ');
const FLEETING = /^(.*[бвгджзклмнпрстфхцчшщ])[ое]([бвгджзклмнпрстфхцчшщ])$/u;

function obliqueForms(word: string): string[] {
  const [, head, tail] = FLEETING.exec(word) ?? [];
  return head === undefined ? [] : RUSSIAN_OBLIQUE.map((ending) => `${head}${tail ?? ''}${ending}`);
}

/** The inflected forms of a folded word in a language, with its prefixes. English forms are always included, as English texts hold foreign names. */
export function inflectedForms(word: string, language: string): string[] {
  const forms = new Set<string>(prefixedForms(word, language));
  if (ruleBookOf(language) === 'ru') for (const form of obliqueForms(word)) forms.add(form);
  for (const [lost, taken] of [...ENGLISH, ...rulesOf(language)]) {
    // The rest must be long enough to be a word.
    if (!word.endsWith(lost) || word.length - lost.length < 3) continue;
    for (const ending of taken.split(' ')) forms.add(word.slice(0, word.length - lost.length) + ending);
  }
  forms.delete(word);
  return [...forms];
}

const plainEndings = new Map<string, ReadonlySet<string>>();

/** The endings that a language adds to a whole word. */
export function addedEndings(language: string): ReadonlySet<string> {
  const held = plainEndings.get(language);
  if (held !== undefined) return held;
  const endings = [...ENGLISH, ...rulesOf(language)].flatMap(([lost, taken]) =>
    lost === '' ? taken.split(' ') : [],
  );
  const set = new Set(endings);
  plainEndings.set(language, set);
  return set;
}
