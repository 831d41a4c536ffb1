import { type SeededRandom } from './seeded-random.ts';

/** How well leaks are hidden from a search: everyday spellings only, or also those that evade filters. */
export type Disguises = 'easy' | 'all';

type Disguise = (name: string, random: SeededRandom) => string;

const ZERO_WIDTH = ['\u200b', '\u200c', '\u2060'];
const ACUTE = '\u0301';
const FULL_WIDTH_OFFSET = 0xff01 - 0x21;
const MATHEMATICAL_BOLD = { upper: 0x1d400, lower: 0x1d41a };
/** Cyrillic letters that look like Latin ones. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({ a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', i: 'і', B: 'В', K: 'К', M: 'М', T: 'Т' }),
);
const LEET: ReadonlyMap<string, string> = new Map(Object.entries({ a: '4', e: '3', i: '1', o: '0' }));

const EASY: readonly Disguise[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
  (name) => name.replace(/[aeiou]/g, `$&${ACUTE}`).normalize('NFC'),
  (name) => replaceLetters(name, (letter) => shift(letter, FULL_WIDTH_OFFSET)),
  (name, random) => {
    const at = random.integer(2, name.indexOf(' ') - 1);
    return name.slice(0, at) + random.pick(ZERO_WIDTH) + name.slice(at);
  },
  (name) => `#${name.replaceAll(' ', '')}`,
];

const HARD: readonly Disguise[] = [
  (name) => replaceLetters(name, (letter) => `${letter} `).trimEnd(),
  (name) => replaceLetters(name, mathematicalBold),
  (name) => replaceLetters(name, (letter) => LOOK_ALIKES.get(letter) ?? letter),
  (name) => replaceLetters(name, (letter) => LEET.get(letter) ?? letter),
];

/** Returns the name in a random disguise. It must be two capitalised words in plain Latin letters. */
export function disguiseName(name: string, disguises: Disguises, random: SeededRandom): string {
  const disguise = random.pick(disguises === 'all' ? [...EASY, ...HARD] : EASY);
  return disguise(name, random);
}

function replaceLetters(name: string, replace: (letter: string) => string): string {
  return name.replace(/[a-z]/gi, replace);
}

function shift(letter: string, by: number): string {
  return String.fromCodePoint(letter.charCodeAt(0) + by);
}

function mathematicalBold(letter: string): string {
  return letter === letter.toUpperCase()
    ? shift(letter, MATHEMATICAL_BOLD.upper - 'A'.charCodeAt(0))
    : shift(letter, MATHEMATICAL_BOLD.lower - 'a'.charCodeAt(0));
}
