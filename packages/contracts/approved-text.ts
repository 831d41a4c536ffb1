import { sha256Hex } from './ids.ts';

/**
 * What a text is known by where a campaign approves it. Compatible letter forms (Unicode NFKC), upper case and white space make
 * no difference; any other change does, so that an approved caption with one more sentence is a text like any other.
 *
 * @returns 64 hexadecimal digits
 */
export function approvedTextHash(text: string): string {
  return sha256Hex(text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim());
}
