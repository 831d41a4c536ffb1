/** One line of a stream of bytes, without its line break. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** The line's bytes, cut to `keepBytes`. */
  readonly bytes: Uint8Array;
  /** The line's full length, even if it was cut. */
  readonly totalBytes: number;
  /** Offset in the stream of the first byte after its line break. */
  readonly endOffset: number;
}

export interface SplitOptions {
  /** Bytes of a line held in memory; the rest is only counted. */
  readonly keepBytes: number;
  /** The first chunk's place in the whole stream. */
  readonly start?: { readonly offset: number; readonly line: number };
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Splits bytes into lines at `\n` or `\r\n`. The last line needs no line break. Memory stays below `keepBytes` and one
 * chunk, however long a line is.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  options: SplitOptions,
): AsyncGenerator<Line> {
  let number = options.start?.line ?? 0;
  let offset = options.start?.offset ?? 0;
  let pending = new PendingLine(options.keepBytes);

  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
      pending.add(chunk.subarray(from, at));
      offset += at + 1 - from;
      from = at + 1;
      number += 1;
      yield pending.end(number, offset);
      pending = new PendingLine(options.keepBytes);
    }
    pending.add(chunk.subarray(from));
    offset += chunk.length - from;
  }
  if (pending.totalBytes > 0) yield pending.end(number + 1, offset);
}

/** A line whose end has not been seen yet. */
class PendingLine {
  totalBytes = 0;
  readonly #keepBytes: number;
  readonly #parts: Uint8Array[] = [];
  #keptBytes = 0;

  constructor(keepBytes: number) {
    this.#keepBytes = keepBytes;
  }

  add(part: Uint8Array): void {
    this.totalBytes += part.length;
    const kept = part.subarray(0, this.#keepBytes - this.#keptBytes);
    if (kept.length === 0) return;
    this.#parts.push(kept);
    this.#keptBytes += kept.length;
  }

  end(number: number, endOffset: number): Line {
    const [only] = this.#parts;
    const kept = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts);
    const whole = kept.length === this.totalBytes;
    const cutsReturn = whole && kept.at(-1) === CARRIAGE_RETURN;
    return {
      number,
      bytes: cutsReturn ? kept.subarray(0, -1) : kept,
      totalBytes: cutsReturn ? this.totalBytes - 1 : this.totalBytes,
      endOffset,
    };
  }
}
