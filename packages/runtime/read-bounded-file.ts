import { createReadStream } from 'node:fs';

/** The system's words for what is wrong with a file that somebody named, in plain ones. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder, and a file is wanted',
  EACCES: 'this user may not read it',
};

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
  try {
    for await (const chunk of createReadStream(file, { end: maxBytes })) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream without an encoding gives bytes');
      chunks.push(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw inPlainWords(file, error);
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

function inPlainWords(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = typeof code === 'string' ? REASONS[code] : undefined;
  return reason === undefined ? error : new Error(`${file}: ${reason}`, { cause: error });
}
