/** A text in which some places are written in another way, and where each place stands in the original. */

/** Replaces the UTF-16 units from `from` up to `to`. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export class RewrittenText {
  readonly text: string;
  /** The edits in order, without those that overlap an earlier one, and the start of each in the new text. */
  readonly #edits: readonly TextEdit[];
  readonly #starts: readonly number[];

  constructor(original: string, edits: readonly TextEdit[]) {
    const kept: TextEdit[] = [];
    const starts: number[] = [];
    let text = '';
    let done = 0;
    for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
      if (edit.from < done) continue;
      text += original.slice(done, edit.from);
      starts.push(text.length);
      text += edit.text;
      done = edit.to;
      kept.push(edit);
    }
    this.text = text + original.slice(done);
    this.#edits = kept;
    this.#starts = starts;
  }

  /** The units of the original that the units from `from` up to `to` were written for; undefined if nothing there was rewritten. */
  originalOf(from: number, to: number): { readonly from: number; readonly to: number } | undefined {
    // The last edits that begin at or before the place, and before its end.
    const [first, last] = [this.#editsBefore(from + 1) - 1, this.#editsBefore(to) - 1];
    const isRewritten = last > first || (first >= 0 && from < this.#endOf(first));
    return isRewritten
      ? { from: this.#originalStart(first, from), to: this.#originalEnd(last, to) }
      : undefined;
  }

  /** The number of edits that begin before a place of the new text. */
  #editsBefore(place: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #endOf(index: number): number {
    return this.#starts[index]! + this.#edits[index]!.text.length;
  }

  #originalStart(index: number, at: number): number {
    if (index < 0) return at;
    const { from, to } = this.#edits[index]!;
    const end = this.#endOf(index);
    return at < end ? from : at + to - end;
  }

  #originalEnd(index: number, at: number): number {
    if (index < 0) return at;
    const { to } = this.#edits[index]!;
    const end = this.#endOf(index);
    return at <= end ? to : at + to - end;
  }
}
