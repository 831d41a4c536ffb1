import { expect } from 'vitest';

/** Matches a text, as a property of what is expected. */
export function saying(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
