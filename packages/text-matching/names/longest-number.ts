import { ENCODED } from '../evidence/evidence.ts';
import { type NameForm } from './name-form.ts';

const [ZERO, NINE] = [0x30, 0x39];

/**
 * Counts the digits of the longest number in a spelling. An encoded name such as `4e6f7661` is one word: unless all of it is digits,
 * none of its numbers stands between signs.
 */
export function longestNumber({ key, runs, evidence }: NameForm): number {
  let longest = 0;
  let length = 0;
  for (let at = 0; at < key.length; at++) {
    const isDigit = key[at]! >= ZERO && key[at]! <= NINE;
    if (!isDigit && (evidence & ENCODED) !== 0) return 0;
    length = isDigit ? length + runs[at]! : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}
