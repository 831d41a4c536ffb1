import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A `leakwatch` of its own process, as a person starts it. */
export interface LeakwatchProcess {
  readonly pid: number;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when what it wrote on either stream fits; rejects if it ends before. */
  untilSaid(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts the command from its sources. `env` is added to this process's. */
export function startLeakwatch(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string | Uint8Array } = {},
): LeakwatchProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', TSX, path.join(ROOT, 'services/leakwatch/main.ts'), ...args],
    {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env },
    },
  );
  child.stdin?.end(options.input);
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const heard = () => {
    for (const listener of listeners) listener();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  const ended = once(child, 'close').then(
    (): number | NodeJS.Signals => child.exitCode ?? child.signalCode ?? -1,
  );

  return {
    pid: child.pid ?? -1,
    stdout: () => stdout,
    stderr: () => stderr,
    untilSaid: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(stdout) ?? pattern.exec(stderr);
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then((code) => {
          listeners.delete(look);
          reject(
            new Error(`leakwatch ended with ${code} before it said ${pattern.source}:\n${stdout}\n${stderr}`),
          );
        });
      }),
    kill: (signal) => {
      child.kill(signal);
    },
    ended,
  };
}

/** Runs a command to its end. */
export async function runLeakwatch(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string | Uint8Array } = {},
): Promise<{ code: number | NodeJS.Signals; stdout: string; stderr: string }> {
  const process_ = startLeakwatch(args, options);
  const code = await process_.ended;
  return { code, stdout: process_.stdout(), stderr: process_.stderr() };
}

export const FIXTURES = path.join(ROOT, 'fixtures');
