/** A real pseudo-terminal with a shell in it, by util-linux' `script`: what is typed is echoed, and each piece of output has its time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

export interface Output {
  /** Seconds since the start. */
  readonly at: number;
  readonly text: string;
}

export interface Terminal {
  /** All so far. */
  readonly outputs: readonly Output[];
  /** Types as a person does: a character after the other. */
  type(text: string): Promise<void>;
  /** Resolves once this has been put out since the last key; rejects if the shell ends before. */
  until(pattern: RegExp): Promise<string>;
  /** Ends the shell. */
  end(): Promise<void>;
}

interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** The pause after each key. */
  readonly keyMs: () => number;
}

export const PROMPT = '$ ';

export function openTerminal({ columns, rows, env, folder, keyMs }: TerminalOptions): Terminal {
  // Without line editing and start-up files the terminal shows what is typed, and nothing of this machine.
  const shell = `stty columns ${columns} rows ${rows}; exec bash --norc --noprofile --noediting -i`;
  const child = spawn('script', ['--quiet', '--command', shell, '/dev/null'], {
    cwd: folder,
    env: { ...env, PS1: PROMPT, TERM: 'xterm-256color', HISTFILE: '/dev/null' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const startedAt = performance.now();
  const outputs: Output[] = [];
  let sinceKey = '';
  let heard: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    outputs.push({ at: (performance.now() - startedAt) / 1000, text });
    sinceKey += text;
    heard();
  });
  void ended.then(() => {
    heard();
  });
  return {
    outputs,
    type: async (text) => {
      for (const key of text) {
        sinceKey = '';
        child.stdin.write(key);
        await sleep(keyMs());
      }
    },
    until: async (pattern) => {
      // A prompt may end with where the cursor goes.
      while (!pattern.test(stripVTControlCharacters(sinceKey))) {
        if (child.exitCode !== null)
          throw new Error(`the shell ended before it said ${pattern.source}:\n${sinceKey}`);
        await new Promise<void>((resolve) => (heard = resolve));
      }
      return sinceKey;
    },
    end: async () => {
      child.stdin.end('exit\n');
      await ended;
    },
  };
}
