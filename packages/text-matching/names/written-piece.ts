/** The letters of a script with their spellings in Latin letters. */

/** A piece of a word with the ways to write it in Latin letters. Pieces of one group are written by the same scheme. */
export interface Piece {
  readonly group: string;
  readonly ways: readonly string[];
}

/** Each letter, or group of letters, and its usual romanisations. */
export type Scheme = ReadonlyMap<string, readonly string[]>;

/** Reads a scheme from `letter=way,way` with spaces between; `-` is a letter that is not written. */
export function schemeOf(rules: string): Scheme {
  return new Map(
    rules.split(' ').map((rule) => {
      const [letter = '', ways = ''] = rule.split('=');
      return [letter, ways === '-' ? [''] : ways.split(',')];
    }),
  );
}
