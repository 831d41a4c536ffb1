import { SingleBar } from 'cli-progress';
import colors from 'picocolors';
import { escapedJson, plainJson } from '@leakwatch/contracts';
import { type z } from 'zod';
import { write } from './pager.ts';

/**
 * A command's output. Results go to standard output, everything about them to standard error, so that a result can be piped
 * on.
 */
export interface Screen {
  /** A line of the result. */
  readonly result: (line: string) => void;
  /** A line of the result as JSON. */
  readonly json: (value: unknown) => void;
  /** What was done: a line, or with `--json` a value of this schema. Without a line only `--json` tells it here. */
  readonly outcome: <S extends z.ZodType>(schema: S, value: z.input<S>, line: string | null) => void;
  /** A line about progress. */
  readonly note: (line: string) => void;
  /** A mistake or a failure; the work goes on. */
  readonly problem: (line: string) => void;
  /** A bar towards a known end. */
  readonly progress: (options: { total: number; unit: string }) => Progress;
  /** A counter without a known end. */
  readonly counter: (unit: string) => Progress;
}

export interface Progress {
  update(done: number): void;
  stop(): void;
}

/**
 * @param raw - JSON keeps characters that steer a terminal, as escapes, in place of U+FFFD
 * @param json - what was done is told as JSON
 */
export function terminalScreen({
  raw = false,
  json: isJson = false,
}: { readonly raw?: boolean; readonly json?: boolean } = {}): Screen {
  const result = (line: string) => write('result', `${line}\n`);
  const json = (value: unknown) => result((raw ? escapedJson : plainJson)(value));
  return {
    result,
    json,
    outcome: (schema, value, line) => {
      if (isJson) json(schema.parse(value));
      else if (line !== null) result(line);
    },
    note: (line) => write('note', `${line}\n`),
    problem: (line) => write('note', `${colors.yellow('!')} ${line}\n`),
    progress: ({ total, unit }) => startProgress(total, unit),
    counter: startCounter,
  };
}

/** Starts a bar on a terminal; a pipe or a log file gets none. */
function startProgress(total: number, unit: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: `{bar} {percentage}% · {value}/{total} ${unit} · {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    barsize: 30,
  });
  bar.start(total, 0);
  return {
    update: (done) => {
      bar.update(Math.min(done, total));
    },
    stop: () => {
      bar.stop();
    },
  };
}

const COUNTER_INTERVAL_MS = 250;

function startCounter(unit: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  let shownAt = 0;
  return {
    update: (done) => {
      const now = performance.now();
      if (now - shownAt < COUNTER_INTERVAL_MS) return;
      shownAt = now;
      process.stderr.write(`\r${done.toLocaleString('en')} ${unit} …`);
    },
    stop: () => {
      process.stderr.write('\r\u001b[K');
    },
  };
}
