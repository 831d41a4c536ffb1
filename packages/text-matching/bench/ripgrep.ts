import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface GrepResult {
  /** CPU seconds for the posts, without the time to read the patterns. */
  readonly seconds: number;
  readonly lines: number;
}

/** Passes over the posts: enough that reading the patterns hardly counts. */
export const REPEATS = 20;

/** Counts the lines that hold one of the names with `rg -F` on one thread; undefined if ripgrep is not installed. */
export function runRipgrep(names: readonly string[], posts: readonly string[]): GrepResult | undefined {
  if (spawnSync('rg', ['--version']).error !== undefined) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    const file = (name: string) => path.join(folder, name);
    writeFileSync(file('patterns'), `${names.join('\n')}\n`);
    writeFileSync(file('posts'), `${posts.join('\n')}\n`.repeat(REPEATS));
    writeFileSync(file('nothing'), '\n');
    const all = [0, 1, 2].map(() => timed(file('patterns'), file('posts')));
    const idle = [0, 1, 2].map(() => timed(file('patterns'), file('nothing')));
    return {
      seconds: (median(all.map((run) => run.seconds)) - median(idle.map((run) => run.seconds))) / REPEATS,
      lines: all[0]!.lines / REPEATS,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Measures with bash's `time`, as node does not report a child's CPU time. */
function timed(patterns: string, posts: string): GrepResult {
  const script = `TIMEFORMAT='%U'; time rg -j1 -F -c -f "$0" "$1"`;
  const run = spawnSync('bash', ['-c', script, patterns, posts], { encoding: 'utf8' });
  return { seconds: Number(run.stderr.trim()), lines: Number(run.stdout.trim() || '0') };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
