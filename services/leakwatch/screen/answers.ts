import { createInterface } from 'node:readline/promises';

/** Reads a person's answers from a terminal, a pipe, or a test. */
export interface Answers {
  /** The next key; null at the end. */
  key(prompt: string): Promise<string | null>;
  line(prompt: string): Promise<string | null>;
  close(): void;
}

/** On a terminal one key is enough; from a pipe each line is an answer. */
export function readAnswers(): Answers {
  const { stdin, stderr } = process;
  const isTerminal = stdin.isTTY;
  const open = () => createInterface({ input: stdin, output: stderr, terminal: false });
  const lines = isTerminal ? null : open()[Symbol.asyncIterator]();
  const nextLine = async (prompt: string) => {
    stderr.write(prompt);
    const next = await lines?.next();
    return next === undefined || next.done === true ? null : next.value;
  };
  return {
    key: async (prompt) => {
      if (lines !== null) return nextLine(prompt);
      stderr.write(prompt);
      return pressedKey();
    },
    line: async (prompt) => {
      if (lines !== null) return nextLine(prompt);
      const asking = createInterface({ input: stdin, output: stderr });
      try {
        return await asking.question(prompt);
      } finally {
        asking.close();
      }
    },
    close: () => {
      stdin.pause();
    },
  };
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

function pressedKey(): Promise<string | null> {
  const { stdin, stderr } = process;
  return new Promise((resolve) => {
    stdin.setRawMode(true);
    stdin.resume();
    stdin.once('data', (bytes: Buffer) => {
      stdin.setRawMode(false);
      stdin.pause();
      const key = bytes.toString('utf8');
      stderr.write('\n');
      resolve(key === CTRL_C || key === CTRL_D ? null : key);
    });
  });
}
