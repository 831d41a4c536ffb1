import { type RegisteredCampaign } from '@leakwatch/contracts';
import { seededRandom } from '../../harness/seeded-random.ts';

/** Makes a campaign of invented names that no post of the history holds, to measure many changes without a find. */
export const NEVER_POSTED = 'never-posted';

const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
const SYLLABLES_A_WORD = 4;

export function namesToWatch(count: number): RegisteredCampaign {
  const random = seededRandom(90_001);
  const pick = (letters: string) => letters[Math.floor(random() * letters.length)] ?? '';
  const word = () => Array.from({ length: SYLLABLES_A_WORD }, () => pick(CONSONANTS) + pick(VOWELS)).join('');
  const terms = Array.from({ length: count }, (_, n) => ({ id: `name-${n}`, text: `${word()} ${word()}` }));
  return {
    id: NEVER_POSTED,
    name: 'Never posted',
    sensitivity: 'normal',
    terms,
    assets: [],
    approvedPosts: [],
  };
}
