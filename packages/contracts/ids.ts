import { hash } from 'node:crypto';
import { z } from 'zod';

/** 64 lower-case hexadecimal digits: the SHA-256 of what an id identifies. */
export const HashIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');

/**
 * Makes an id: SHA-256 over the JSON array of the identifying parts. The same parts give the same id on every machine, so a
 * redelivery or a re-scan meets its own earlier effect.
 */
export function hashId(...parts: readonly (string | number)[]): string {
  return hash('sha256', JSON.stringify(parts));
}

/** SHA-256 of bytes, in hexadecimal: the key of a stored blob. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes);
}
