import { createReadStream } from 'node:fs';

/** For files that people write: lists, rules, routes, messages. */
const TEXT_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file whole, unless it goes on past a bound, as `/dev/zero` and a wrong file of gigabytes do. Takes pipes, too.
 *
 * @throws Error if the file can't be read, or has more than `maxBytes` bytes
 */
export async function readBoundedFile(file: string, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of createReadStream(file, { end: maxBytes })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream without an encoding gives bytes');
    chunks.push(chunk);
    bytes += chunk.length;
  }
  if (bytes > maxBytes) {
    throw new RangeError(`${file} has more than ${maxBytes} bytes, the most that are read`);
  }
  return Buffer.concat(chunks, bytes);
}

/** Reads a text file in UTF-8, with {@link readBoundedFile}'s errors. */
export async function readTextFile(file: string, maxBytes = TEXT_FILE_BYTES): Promise<string> {
  return (await readBoundedFile(file, maxBytes)).toString('utf8');
}
