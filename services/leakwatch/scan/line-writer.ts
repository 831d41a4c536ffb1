import { once } from 'node:events';
import { type Writable } from 'node:stream';

/** Writes lines in chunks and waits for a slower reader. */
export interface LineWriter {
  write(line: string): Promise<void>;
  /** Writes the rest. A file is closed; standard output stays open. */
  end(): Promise<void>;
}

const PIECE = 64 * 1024;

export function createLineWriter(stream: Writable): LineWriter {
  let pending = '';
  const flush = async () => {
    if (pending === '') return;
    const piece = pending;
    pending = '';
    if (!stream.write(piece)) await once(stream, 'drain');
  };
  return {
    write: async (line) => {
      pending += `${line}\n`;
      if (pending.length >= PIECE) await flush();
    },
    end: async () => {
      await flush();
      if (stream === process.stdout) return;
      stream.end();
      await once(stream, 'close');
    },
  };
}
