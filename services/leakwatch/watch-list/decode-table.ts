import { TextDecoder } from 'node:util';
import { UsageError } from '@leakwatch/runtime';

const HEAD_BYTES = 1000;

/**
 * Decodes a table that a spreadsheet saved: by its byte order mark, as UTF-16 where every second byte of its beginning is zero, else as
 * UTF-8.
 *
 * @param encoding - replaces the guess
 * @throws UsageError if the bytes are not of that encoding
 */
export function decodeTable(bytes: Uint8Array, encoding?: string): string {
  const label = encoding ?? encodingOf(bytes);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`there is no encoding ${label}; one is utf-8, utf-16le or windows-1252`);
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const isGuessed = encoding === undefined;
    throw new UsageError(
      `it is not in ${label}: save it as “CSV UTF-8”${isGuessed ? ', or name its encoding: --encoding windows-1252' : ''}`,
    );
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, HEAD_BYTES);
  const zeros = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  if (zeros(1) > head.length / 4) return 'utf-16le';
  if (zeros(0) > head.length / 4) return 'utf-16be';
  return 'utf-8';
}
