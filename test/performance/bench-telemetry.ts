/**
 * Measures the cost of telemetry. The same posts go in turns through two embedded leakwatches: one with metrics (scraped each
 * second), the canary and log lines at `info`, one without.
 *
 *   npm run bench:telemetry [-- --pairs 24 --posts 5000]
 *
 * Both run all the time, so that the idle one costs the other the same in each turn.
 */
import { parseArgs } from 'node:util';
import { startLeakwatch, type LeakwatchProcess } from '../harness/run-leakwatch.ts';
import { NODE_ARGS, SEED } from './measure-on-kafka.ts';
import { pairedRatio, type PairedRatio } from './paired-ratio.ts';
import { percentile } from './percentiles.ts';
import { createPlantedPosts, type PlannedPost } from './planted-posts.ts';
import { openTestbed, type Testbed } from './testbed.ts';
import { processorSeconds } from './processor-time.ts';
import { createTimedRuns, type TimedRuns } from './timed-runs.ts';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '24' }, posts: { type: 'string', default: '5000' } },
});
const PAIRS = Number(values.pairs);
const POSTS = Number(values.posts);
const WARM_UPS = 3;
const SCRAPE_MS = 1_000;

const WITH = { LEAKWATCH_TELEMETRY: '1', LEAKWATCH_CANARY: 'on', LEAKWATCH_LOG_LEVEL: 'info' };
const WITHOUT = { LEAKWATCH_TELEMETRY: '0', LEAKWATCH_CANARY: 'off', LEAKWATCH_LOG_LEVEL: 'silent' };

interface Side {
  readonly runs: TimedRuns;
  readonly up: LeakwatchProcess;
  close(): Promise<void>;
}

async function startSide(testbed: Testbed, env: Record<string, string>): Promise<Side> {
  const up = startLeakwatch(
    [
      ...['up', '--data-dir', testbed.dataDir, '--source', 'jsonl', '--posts', '-'],
      ...['--ops-port', '0', '--webhook-port', '0'],
    ],
    { env, input: { open: true }, nodeArgs: NODE_ARGS, built: true },
  );
  await up.untilSaid(/leakwatch is up/);
  const runs = await createTimedRuns(testbed, up.stdin);
  return {
    runs,
    up,
    close: async () => {
      await runs.close();
      up.kill('SIGTERM');
      await up.ended;
    },
  };
}

/** Scrapes the metrics as Prometheus does, but more often; gives the function that stops it. */
async function scrape({ up }: Side): Promise<() => void> {
  const [, address = ''] = await up.untilSaid(/metrics +(http:\/\/\S+\/metrics)/);
  const timer = setInterval(() => {
    void fetch(address).then((answer) => answer.arrayBuffer());
  }, SCRAPE_MS);
  return () => clearInterval(timer);
}

const note = (line: string) => process.stderr.write(`${line}\n`);

const beds = await Promise.all([openTestbed('postgres'), openTestbed('postgres')]);
const posts = createPlantedPosts({ seed: SEED, imageShare: 0 });
for (const bed of beds) await bed.watch(posts.watchList(), posts.openMedia);
const told = await startSide(beds[0], WITH);
const silent = await startSide(beds[1], WITHOUT);
const endScrape = await scrape(told);

/** One run: posts a second, and the seconds of processor time that leakwatch spent on a post. */
async function measure({ runs, up }: Side, batch: readonly PlannedPost[]): Promise<Run> {
  const before = await processorSeconds(up.pid);
  const rate = await runs.atOnce(batch);
  return { rate, cost: ((await processorSeconds(up.pid)) - before) / batch.length };
}

interface Run {
  readonly rate: number;
  readonly cost: number;
}

const taken: { told: Run; silent: Run }[] = [];
try {
  for (let pair = -WARM_UPS; pair < PAIRS; pair += 1) {
    const batch: readonly PlannedPost[] = await posts.take(POSTS);
    // The order changes from pair to pair, so that the first one's effects on the second even out.
    const isToldFirst = pair % 2 === 0;
    const first = await measure(isToldFirst ? told : silent, batch);
    const second = await measure(isToldFirst ? silent : told, batch);
    const run = isToldFirst ? { told: first, silent: second } : { told: second, silent: first };
    if (pair >= 0) taken.push(run);
    else note(`warming up: ${Math.round(run.told.rate)} and ${Math.round(run.silent.rate)} posts/s`);
  }
} finally {
  endScrape();
  await told.close();
  await silent.close();
  for (const bed of beds) await bed.close();
}

const rateOf = (side: 'told' | 'silent') =>
  Math.round(
    percentile(
      taken.map((run) => run[side].rate),
      0.5,
    ),
  ).toLocaleString('en');
const show = (what: string, { median, low, high }: PairedRatio) =>
  console.log(
    `${what.padEnd(20)}${median.toFixed(3)} (95 % interval of the median ${low.toFixed(3)} to ${high.toFixed(3)})`,
  );
console.log(`with telemetry      ${rateOf('told')} posts/s (median of ${PAIRS} runs of ${POSTS} posts)`);
console.log(`without             ${rateOf('silent')} posts/s`);
show('with : without', pairedRatio(taken.map(({ told: one, silent: other }) => one.rate / other.rate)));
show('… processor time', pairedRatio(taken.map(({ told: one, silent: other }) => one.cost / other.cost)));
