/**
 * Measures how long a new term or asset takes to be checked against history, and how much that slows live posts.
 *
 *   npm run bench:rescan [-- POSTS]            1,000,000 posts by default
 *
 * Posts come from the mock source, some with a picture, and go as fingerprints straight into the log of an embedded Postgres.
 * Every run also checks that it finds exactly the planted leaks, and throws otherwise.
 */
import { hashId } from '@leakwatch/contracts';
import { openScene } from '../../../services/rescan/test/support/scene.ts';
import { openHistory } from './fill-history.ts';
import { measureLiveLatency } from './live-latency.ts';
import { measureLiveRate } from './live-rate.ts';
import { matchFromMemory } from './match-from-memory.ts';
import { namesToWatch, NEVER_POSTED } from './names-to-watch.ts';

const POSTS = Number(process.argv[2] ?? 1_000_000);
const SEED = 7;
const SIZES = [POSTS / 100, POSTS / 10, POSTS].map(Math.round);
const CHANGES = [1, 100, 10_000];
/** Fingerprints read beforehand for the comparison with memory. */
const IN_MEMORY = 50_000;
const LONGEST_PASS_MS = 3_600_000;

const scene = await openScene({ boundMs: LONGEST_PASS_MS });
const history = await openHistory(SEED);
const names = namesToWatch(Math.max(...CHANGES));
await scene.watch([names]);
const worker = await scene.work();
await jobOfVersion(1);

let filled = 0;
let records = 0;
let bytes = 0;
/** Rate of the pass for a new term and a new asset over all of history. */
let passRate = 0;
for (const size of SIZES) {
  await fillTo(size);
  if (size === POSTS) await findWhatWasPlanted();
  for (const changes of CHANGES) await costOf(changes);
}
await worker.stop();
const liveRate = await measureLiveRate(scene, history);
console.log(
  `live, all services in one process: ${counted(liveRate)} posts/s of the same kind; ` +
    `the pass for a new term and a new asset is ${(passRate / liveRate).toFixed(1)} × as fast`,
);
await measureLiveLatency(scene, history, (line) => console.log(line));
await history.close();
await scene.close();

async function fillTo(size: number): Promise<void> {
  const began = performance.now();
  const added = await history.fill(scene.log, filled, size);
  const seconds = (performance.now() - began) / 1000;
  filled = size;
  records += added.records;
  bytes += added.bytes;
  console.log(
    `${counted(size)} posts, ${counted(records)} fingerprints, ${counted(bytes / size)} bytes a post, ` +
      `${counted((await relationBytes()) / size)} in Postgres (appended at ${counted(added.records / seconds)}/s)`,
  );
}

/** Measures one cell of the table: a dry run for names that no post holds. */
async function costOf(changes: number): Promise<void> {
  const items = names.terms
    .slice(0, changes)
    .map(({ id }) => ({ campaignId: NEVER_POSTED, kind: 'term' as const, itemId: id }));
  const { rate, seconds, found } = await timed(await scene.ask({ items, dryRun: true }));
  expectEqual('findings of names in no post', found, 0);
  console.log(`  ${counted(changes)} changed: ${counted(rate)} fingerprints/s, ${seconds.toFixed(1)} s`);
}

/** Registers a term and an asset of the mock's first brand only now; every post with them must be found, and no other. */
async function findWhatWasPlanted(): Promise<void> {
  const memory = await matchFromMemory(scene.log, history.campaigns, IN_MEMORY);
  const [campaign] = history.campaigns;
  const [term] = campaign?.terms ?? [];
  const [asset] = campaign?.assets ?? [];
  if (campaign === undefined || term === undefined || asset === undefined)
    throw new Error('nothing to watch');
  const version = await scene.watch([names, { ...campaign, terms: [term], assets: [asset] }]);
  const { rate, seconds } = await timed(await jobOfVersion(version));
  passRate = rate;
  const detections = await scene.detections();
  const found = new Set(detections.map(({ post, evidence }) => `${post.nativeId} ${evidence.itemId}`));
  const planted = new Set(plantedPosts([term.id, asset.id]));
  const missed = [...planted].filter((one) => !found.has(one)).length;
  const extra = [...found].filter((one) => !planted.has(one)).length;
  console.log(
    `  a new term and a new asset: ${counted(rate)} fingerprints/s, ${seconds.toFixed(1)} s; ` +
      `${counted(planted.size)} planted, ${missed} missed, ${extra} found where nothing was planted`,
  );
  console.log(
    `  from memory: ${counted(memory)}/s; the pass has ${Math.round((100 * rate) / memory)} % of that`,
  );
}

/** Makes the job of a version's changes, as the worker does. */
async function jobOfVersion(version: number): Promise<string> {
  const id = hashId('rescan', 'watch-list', version).slice(0, 12);
  await scene.until(id, 'finished');
  return id;
}

async function timed(id: string): Promise<{ rate: number; seconds: number; found: number }> {
  const { startedAt, finishedAt, progress } = await scene.until(id, 'finished');
  const seconds = ((finishedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0)) / 1000;
  expectEqual('fingerprints read', progress.done, progress.total);
  return { seconds, rate: progress.total / seconds, found: progress.findings.new };
}

function plantedPosts(itemIds: readonly string[]): string[] {
  const planted: string[] = [];
  for (let n = 0; n < filled; n += 1) {
    const { postId, leaks } = history.source.truthOf(n);
    for (const { itemId } of leaks) if (itemIds.includes(itemId)) planted.push(`${postId} ${itemId}`);
  }
  return planted;
}

async function relationBytes(): Promise<number> {
  const { rows } = await scene.store.pool.query<{ bytes: string }>(
    "SELECT pg_total_relation_size('log_record')::text AS bytes",
  );
  return Number(rows[0]?.bytes);
}

function counted(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function expectEqual(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${what}: ${actual}, and not ${expected}`);
}
