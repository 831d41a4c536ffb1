import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { LIMITS, sha256Hex } from '@leakwatch/contracts';
import { messageOf, UsageError } from '@leakwatch/runtime';
import { z } from 'zod';
import { itemOfBytes } from './item-of-bytes.ts';
import { openMediaFile } from './open-media-file.ts';
import { refuseOtherKind } from './refuse-other-kind.ts';
import { MediaError, type Source, type SourceItem } from './source.ts';
import { splitLines, type Line } from './split-lines.ts';

/**
 * Bytes of a line held in memory. Of a longer line, the dead letter gets this much. A shorter one goes there whole, though
 * more than {@link LIMITS.postBytes} is never parsed.
 */
const KEPT_LINE_BYTES = 4 * 1024 * 1024;

/** This many bytes at its head tell a file from another of the same name. */
const HEAD_BYTES = 4096;

const CheckpointSchema = z.strictObject({
  /** Offset of the next unread byte. */
  offset: z.int().min(0),
  /** Number of lines before it. */
  line: z.int().min(0),
  headBytes: z.int().min(0),
  headSha256: z.string(),
});
type Checkpoint = z.infer<typeof CheckpointSchema>;

export interface JsonlSourceOptions {
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Folder of media that posts name by `file`; without it such media are missing. */
  readonly mediaDir?: string;
  /** Platform of posts that name none. */
  readonly platform?: string;
  readonly instance?: string;
}

/**
 * Posts from JSON Lines: a file, or standard input. Lines end in `\n` or `\r\n`; empty lines and a byte order mark are
 * skipped. A line that is not UTF-8 is reported as `bad-encoding`, one longer than 4 MiB as `too-large`.
 *
 * A file's checkpoint is the place after a line, tied to the file's head. A replaced file is read from the start, a grown
 * one from its checkpoint, an unchanged one not at all. Standard input can't go back and has no checkpoint; posts piped in
 * twice are dropped as duplicates. A file must be complete: a last line still being written would be taken for a whole one.
 */
export function createJsonlSource(options: JsonlSourceOptions): Source {
  const isStdin = options.file === '-';
  const label = isStdin ? 'stdin' : basename(options.file);
  return {
    name: `jsonl:${isStdin ? 'stdin' : resolve(options.file)}`,
    transport: isStdin ? 'stdin' : 'file',
    platform: options.platform ?? 'file',
    instance: options.instance ?? 'local',
    read: (checkpoint, signal) =>
      isStdin ? readStdin(label, signal) : readFile(options.file, label, checkpoint, signal),
    openMedia: (file) => {
      if (options.mediaDir !== undefined) return openMediaFile(options.mediaDir, file);
      const message = `\`${file}\` is missing: no media folder was given`;
      return Promise.reject(new MediaError('missing-media', message));
    },
  };
}

async function* readStdin(label: string, signal: AbortSignal): AsyncGenerator<SourceItem> {
  const stream = addAbortSignal(signal, process.stdin);
  const lines = splitLines(stream, { keepBytes: KEPT_LINE_BYTES });
  for await (const line of untilAborted(lines, signal)) {
    if (line.number === 1) refuseOtherKind(line.bytes, 'standard input');
    if (line.bytes.length > 0) yield toItem(line, label, null);
  }
}

async function* readFile(
  file: string,
  label: string,
  stored: string | null,
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  const handle = await open(file).catch((error: unknown) => {
    throw new UsageError(`the posts file can't be read: ${messageOf(error)}`);
  });
  try {
    const { size } = await handle.stat();
    const read = async (bytes: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    };
    const start = await startOf(stored, size, async (bytes) => sha256Hex(await read(bytes)));
    const head = await read(HEAD_BYTES);
    if (start.line === 0) refuseOtherKind(head, file);
    const headBytes = head.length;
    const headSha256 = sha256Hex(head);

    const stream = handle.createReadStream({
      start: start.offset,
      autoClose: false,
      highWaterMark: 256 * 1024,
      signal,
    });
    const lines = splitLines(stream, { keepBytes: KEPT_LINE_BYTES, start });
    for await (const line of untilAborted(lines, signal)) {
      if (line.bytes.length === 0) continue;
      const checkpoint = { offset: line.endOffset, line: line.number, headBytes, headSha256 };
      yield toItem(line, label, JSON.stringify(checkpoint satisfies Checkpoint));
    }
  } finally {
    await handle.close();
  }
}

/** Finds the place to begin: the checkpoint if it belongs to this file, else the start. */
async function startOf(
  stored: string | null,
  size: number,
  headOf: (bytes: number) => Promise<string>,
): Promise<{ offset: number; line: number }> {
  const fromTheStart = { offset: 0, line: 0 };
  if (stored === null) return fromTheStart;
  const checkpoint = CheckpointSchema.parse(JSON.parse(stored));
  if (checkpoint.offset > size || checkpoint.headBytes > size) return fromTheStart;
  const sameFile = (await headOf(checkpoint.headBytes)) === checkpoint.headSha256;
  return sameFile ? checkpoint : fromTheStart;
}

/** Ends when the signal is aborted, which a stream would report as an error. */
async function* untilAborted(lines: AsyncIterable<Line>, signal: AbortSignal): AsyncGenerator<Line> {
  try {
    for await (const line of lines) {
      if (signal.aborted) return;
      yield line;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function toItem(line: Line, label: string, checkpoint: string | null): SourceItem {
  const place = `${label}:${line.number}`;
  if (line.totalBytes === line.bytes.length) return itemOfBytes(place, line.bytes, checkpoint);
  const message =
    `the line has ${line.totalBytes} bytes, more than the ${LIMITS.postBytes} of a post; ` +
    `its first ${line.bytes.length} are kept`;
  return { place, raw: '', checkpoint, problem: { reason: 'too-large', message, bytes: line.bytes } };
}
