/**
 * A pager for what is longer than the terminal. While it is on, a call's lines are kept and shown at its end: then it is known
 * whether they fit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

interface Line {
  readonly to: 'result' | 'note';
  readonly text: string;
}

let kept: Line[] | null = null;

/** Keeps the lines of this call, if a person looks at them. */
export function pageThisCall(): void {
  if (process.stdout.isTTY && pagerOf(process.env) !== null) kept = [];
}

export function write(to: Line['to'], text: string): void {
  if (kept !== null) kept.push({ to, text });
  else streamOf(to).write(text);
}

/** Shows what was kept: as it is if it fits, else by the pager. */
export async function showKept(): Promise<void> {
  const lines = kept ?? [];
  kept = null;
  const shown = lines.filter(({ to }) => to === 'result' || process.stderr.isTTY).map(({ text }) => text);
  const text = shown.join('');
  const pager = pagerOf(process.env);
  const isLong = text.split('\n').length > process.stdout.rows;
  const isPaged = isLong && pager !== null && (await page(pager, text));
  for (const { to, text: line } of lines) {
    if (!isPaged || (to === 'note' && !process.stderr.isTTY)) streamOf(to).write(line);
  }
}

/** The pager's words; null: none is wanted. */
export function pagerOf({ PAGER: pager = 'less' }: NodeJS.ProcessEnv): readonly [string, ...string[]] | null {
  const [program, ...args] = pager.trim().split(/\s+/);
  return program === undefined || program === '' || pager.trim() === 'cat' ? null : [program, ...args];
}

/** False: it could not be started, and nothing was shown. */
async function page([program, ...args]: readonly [string, ...string[]], text: string): Promise<boolean> {
  const env = { ...process.env, LESS: process.env['LESS'] ?? 'FRX' };
  const pager = spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'], env });
  // A person who quits early has seen enough.
  pager.stdin.on('error', () => undefined);
  pager.stdin.end(text);
  return once(pager, 'close').then(
    () => true,
    () => false,
  );
}

function streamOf(to: Line['to']): NodeJS.WriteStream {
  return to === 'result' ? process.stdout : process.stderr;
}
