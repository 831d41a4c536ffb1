import { once } from 'node:events';
import { type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { lineOf, type PlannedPost } from './planted-posts.ts';

const LINES_AT_ONCE = 200;
const TICK_MS = 5;

/** Writes posts as fast as the reader takes them. */
export async function feedAtOnce(input: Writable, posts: readonly PlannedPost[]): Promise<void> {
  for (let n = 0; n < posts.length; n += LINES_AT_ONCE) {
    await write(input, posts.slice(n, n + LINES_AT_ONCE));
  }
}

/** Writes posts at a steady rate by a timetable: a late post does not delay the next. */
export async function feedSteadily(
  input: Writable,
  posts: readonly PlannedPost[],
  postsPerSecond: number,
): Promise<void> {
  const start = performance.now();
  let sent = 0;
  while (sent < posts.length) {
    const due = Math.min(posts.length, Math.ceil(((performance.now() - start) / 1000) * postsPerSecond));
    await write(input, posts.slice(sent, due));
    sent = due;
    await sleep(TICK_MS);
  }
}

async function write(input: Writable, posts: readonly PlannedPost[]): Promise<void> {
  if (posts.length === 0) return;
  const now = new Date();
  if (!input.write(posts.map((post) => lineOf(post, now)).join(''))) await once(input, 'drain');
}
