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
    const place = { from, to };
    let rewritten = 0;
    this.#edits.forEach((edit, index) => {
      const start = this.#starts[index]!;
      const end = start + edit.text.length;
      if (start < to && end > from) rewritten++;
      if (from >= start) place.from = from < end ? edit.from : from + edit.to - end;
      if (to > start) place.to = to <= end ? edit.to : to + edit.to - end;
    });
    return rewritten > 0 ? place : undefined;
  }
}
