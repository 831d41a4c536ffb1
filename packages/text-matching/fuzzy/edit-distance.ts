/**
 * Optimal string alignment distance: an insertion, deletion, substitution or swap of neighbours is one edit (recurrence: Boytsov 2011).
 * It computes only the diagonal band that the limit allows, and stops at the first row above the limit.
 */

const WIDEST = 128;
let beforeLast = new Int32Array(WIDEST + 1);
let lastRow = new Int32Array(WIDEST + 1);
let row = new Int32Array(WIDEST + 1);

/**
 * Returns the distance between the first `length` symbols of `a` and all of `b`, or `limit + 1` if it exceeds `limit`.
 * Words of more than 128 symbols always exceed it.
 */
export function boundedDistance(a: Int32Array, length: number, b: Int32Array, limit: number): number {
  const far = limit + 1;
  const width = b.length;
  if (Math.abs(length - width) > limit || width > WIDEST) return far;
  for (let column = 0; column <= width; column++) lastRow[column] = column;
  for (let line = 1; line <= length; line++) {
    const first = Math.max(1, line - limit);
    const final = Math.min(width, line + limit);
    row[first - 1] = first === 1 ? line : far;
    let least = row[first - 1]!;
    for (let column = first; column <= final; column++) {
      const same = a[line - 1] === b[column - 1];
      let cost = lastRow[column - 1]! + (same ? 0 : 1);
      const inserted = row[column - 1]! + 1;
      if (inserted < cost) cost = inserted;
      // The row before holds no value above the band.
      const deleted = column < line + limit ? lastRow[column]! + 1 : far;
      if (deleted < cost) cost = deleted;
      if (!same && line > 1 && column > 1 && a[line - 1] === b[column - 2] && a[line - 2] === b[column - 1]) {
        const swapped = beforeLast[column - 2]! + 1;
        if (swapped < cost) cost = swapped;
      }
      row[column] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return far;
    const spare = beforeLast;
    beforeLast = lastRow;
    lastRow = row;
    row = spare;
  }
  return Math.min(lastRow[width]!, far);
}

/** True if the first `length` symbols of `a` begin and end with the same symbols as `b`. */
export function hasSameEnds(a: Int32Array, length: number, b: Int32Array): boolean {
  return a[0] === b[0] && a[length - 1] === b[b.length - 1];
}

/**
 * True if two edits of words with the same ends look like slips of one word, not like another word: they do not both put one letter in
 * place of another.
 */
export function isTwoSlips(a: Int32Array, length: number, b: Int32Array): boolean {
  if (length !== b.length) return true;
  let others = 0;
  for (let at = 0; at < length; at++) {
    if (a[at] === b[at]) continue;
    if (a[at] === b[at + 1] && a[at + 1] === b[at]) return true;
    others++;
  }
  return others !== 2;
}
