import { sha256Hex } from './ids.ts';

/**
 * Identifies a text that a campaign approves. Compatible letter forms (Unicode NFKC), upper case and white space make no
 * difference. Any other change does, so an approved caption with one more sentence is not approved.
 *
 * @returns 64 hexadecimal digits
 */
export function approvedTextHash(text: string): string {
  return sha256Hex(text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim());
}
