import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { BUNDLE } from './bundle-leakwatch.ts';
import { withoutPackages, type InstalledLeakwatch } from './installed-leakwatch.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A `leakwatch` process, started as a user starts it. */
export interface LeakwatchProcess {
  readonly pid: number;
  /** Its standard input, where it was left open. */
  readonly stdin: Writable;
  /** Output so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when the output of either stream matches; rejects if the process ends before. */
  untilSaid(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or with the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export interface StartOptions {
  /** Variables added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The whole standard input, or `open` to write it in parts. */
  readonly input?: string | Uint8Array | { readonly open: true };
  /** Node's own options, such as `--cpu-prof`. */
  readonly nodeArgs?: readonly string[];
  /** Words before the command, such as those of a program that starts it. */
  readonly prefix?: readonly string[];
  /** Runs the bundle of `npm run build`, as production does. */
  readonly built?: boolean;
  /** Runs an installed command, without a network. */
  readonly installed?: InstalledLeakwatch;
  /** The folder of the call, in place of the checkout. */
  readonly cwd?: string;
}

const FROM_SOURCES = ['--import', TSX, path.join(ROOT, 'services/leakwatch/main.ts')];
const AS_BUILT = [path.join(ROOT, 'services/leakwatch/dist/leakwatch.mjs')];

function programOf({
  prefix = [],
  nodeArgs = [],
  built = false,
  installed,
}: StartOptions): readonly string[] {
  if (installed !== undefined) return [...installed.offline, installed.file];
  const bundle = process.env[BUNDLE];
  const program = built ? AS_BUILT : bundle === undefined ? FROM_SOURCES : [bundle];
  return [...prefix, process.execPath, ...nodeArgs, ...program];
}

/** Starts the command. */
export function startLeakwatch(args: readonly string[], options: StartOptions = {}): LeakwatchProcess {
  const [program = '', ...words] = [...programOf(options), ...args];
  const child: ChildProcessWithoutNullStreams = spawn(program, words, {
    cwd: options.cwd ?? ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...(options.installed === undefined ? process.env : withoutPackages({ PATH: options.installed.path })),
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      // Several run at once.
      LEAKWATCH_CONSOLE_PORT: '0',
      // The fixtures' accounts are on no network, and tests contact nobody.
      LEAKWATCH_POLL_PLATFORMS: 'none',
      ...options.env,
    },
  });
  const { input } = options;
  if (input === undefined || typeof input === 'string' || input instanceof Uint8Array) child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const heard = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  const ended = once(child, 'close').then(
    (): number | NodeJS.Signals => child.exitCode ?? child.signalCode ?? -1,
  );

  return {
    pid: child.pid ?? -1,
    stdin: child.stdin,
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
  options: StartOptions = {},
): Promise<{ code: number | NodeJS.Signals; stdout: string; stderr: string }> {
  const process_ = startLeakwatch(args, options);
  const code = await process_.ended;
  return { code, stdout: process_.stdout(), stderr: process_.stderr() };
}
