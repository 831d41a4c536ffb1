import { type SeededRandom } from './seeded-random.ts';

const ONSETS = [
  'b',
  'd',
  'f',
  'g',
  'k',
  'l',
  'm',
  'n',
  'p',
  'r',
  't',
  'v',
  'z',
  'br',
  'dr',
  'kr',
  'vl',
  'zw',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];
const LAST_LETTERS = ['x', 'k', 'n', 'r', 'z', 'q'];
const SYLLABLES = 3;

/**
 * Invents names of two words of at least seven letters that occur in no language: `Zwidoruk Brefagiz`. No two words of one
 * inventor share more than one syllable, so that even a misspelt name is not taken for another.
 */
export function nameInventor(random: SeededRandom): () => string {
  const taken: string[][] = [];

  const syllablesOfOwn = (): string[] => {
    for (;;) {
      const syllables = Array.from({ length: SYLLABLES }, () => random.pick(ONSETS) + random.pick(VOWELS));
      const isOwn = taken.every((other) => syllables.filter((one) => other.includes(one)).length < 2);
      if (isOwn) return syllables;
    }
  };
  const inventWord = (): string => {
    const syllables = syllablesOfOwn();
    taken.push(syllables);
    const word = syllables.join('') + random.pick(LAST_LETTERS);
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  return () => `${inventWord()} ${inventWord()}`;
}
