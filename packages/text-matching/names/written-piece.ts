/** A piece of a word with the ways to write it in Latin letters. Pieces of one group are written by the same scheme. */
export interface Piece {
  readonly group: string;
  readonly ways: readonly string[];
}
