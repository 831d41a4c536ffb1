/** Larger pictures take a start of the decoder for themselves, whose memory goes with it. */
const MOST_KEPT_PIXELS = 4_000_000;
/** Memory of a decoder before its first picture, at most. */
const BASE_BYTES = 64 * 1024 * 1024;

/**
 * A decoder in WebAssembly, which starts with the first picture that needs it. It is dropped after a failure, which may leave its memory in any
 * state.
 */
export class Codec<Decoder> {
  readonly #start: (memoryBytes: number) => Promise<Decoder>;
  readonly #bytesPerPixel: number;
  #kept: Promise<Decoder> | null = null;

  /** @param start gets the most memory that the decoder may take, by the size of its picture */
  constructor(bytesPerPixel: number, start: (memoryBytes: number) => Promise<Decoder>) {
    this.#bytesPerPixel = bytesPerPixel;
    this.#start = start;
  }

  /** @throws whatever `work` throws; a decoder in WebAssembly may throw a number */
  async use<Result>(pixels: number, work: (decoder: Decoder) => Result | Promise<Result>): Promise<Result> {
    if (pixels > MOST_KEPT_PIXELS) return work(await this.#startFor(pixels));
    this.#kept ??= this.#startFor(MOST_KEPT_PIXELS);
    const kept = this.#kept;
    let isSound = false;
    try {
      const result = await work(await kept);
      isSound = true;
      return result;
    } finally {
      if (!isSound) this.#kept = null;
    }
  }

  #startFor(pixels: number): Promise<Decoder> {
    return this.#start(BASE_BYTES + pixels * this.#bytesPerPixel);
  }
}
