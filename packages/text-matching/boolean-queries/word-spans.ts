/** Stretches of words, and which of them stand near each other. */

/** A stretch of one piece of a post. */
export interface WordSpan {
  readonly piece: number;
  /** Its first and its last word, counted from the beginning of the piece. */
  readonly first: number;
  readonly last: number;
  /** Its UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

export interface Distance {
  /** At most so many words stand between. */
  readonly most: number;
  /** At least so many. */
  readonly least: number;
  /** The left one comes first. */
  readonly ordered: boolean;
}

/** Both and all between them. */
export function hull(a: WordSpan, b: WordSpan): WordSpan {
  return {
    piece: a.piece,
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    from: Math.min(a.from, b.from),
    to: Math.max(a.to, b.to),
  };
}

export function isNear(left: WordSpan, right: WordSpan, { most, least, ordered }: Distance): boolean {
  if (left.piece !== right.piece || isSame(left, right)) return false;
  if (ordered && right.from < left.to) return false;
  const between = Math.max(left.first, right.first) - Math.min(left.last, right.last) - 1;
  return between <= most && (least === 0 || between >= least);
}

function isSame(a: WordSpan, b: WordSpan): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Spans in the order of the text, each once, and found by where they begin. */
export class SpanList {
  readonly spans: readonly WordSpan[];
  /** Words of the longest of them. */
  readonly #widest: number;

  constructor(spans: readonly WordSpan[]) {
    const once = new Map(spans.map((span) => [`${span.piece} ${span.from} ${span.to}`, span]));
    this.spans = [...once.values()].sort((a, b) => a.piece - b.piece || a.first - b.first || a.to - b.to);
    this.#widest = this.spans.reduce((most, { first, last }) => Math.max(most, last - first + 1), 0);
  }

  /** Those that may be within a distance of a span: all that are, and few others. */
  *around(span: WordSpan, words: number): Generator<WordSpan> {
    const from = span.first - words - 1 - this.#widest;
    for (let at = this.#firstFrom(span.piece, from); at < this.spans.length; at++) {
      const other = this.spans[at]!;
      if (other.piece !== span.piece || other.first > span.last + words + 1) return;
      yield other;
    }
  }

  #firstFrom(piece: number, word: number): number {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const span = this.spans[middle]!;
      if (span.piece < piece || (span.piece === piece && span.first < word)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
