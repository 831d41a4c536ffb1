import { ImageError } from '../errors/image-error.ts';

/** Reads the output of {@link ByteWriter}. Fingerprints come from a log or a database, so nothing in them is trusted. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Copies, so that a small part does not keep a large buffer alive. */
  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return Uint8Array.prototype.slice.call(this.#bytes, at, at + length);
  }

  /** Copies words of 32 bits at once. Like the kernels' memory, they are read in the order of the processor's bytes. */
  words(length: number): Uint32Array {
    const words = new Uint32Array(length);
    const at = this.#take(length * 4);
    new Uint8Array(words.buffer).set(this.#bytes.subarray(at, at + length * 4));
    return words;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw unreadable('it is longer than it says');
  }

  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw unreadable('it ends too early');
    this.#at += length;
    return at;
  }
}

export function unreadable(why: string): ImageError {
  return new ImageError('unreadable-fingerprint', `the fingerprint can't be read: ${why}`);
}
