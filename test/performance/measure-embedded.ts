import { startLeakwatch } from '../harness/run-leakwatch.ts';
import {
  measureSteady,
  NODE_ARGS,
  plantedTexts,
  type BenchSize,
  type SteadyRun,
} from './measure-on-kafka.ts';
import { openTestbed } from './testbed.ts';
import { createTimedRuns } from './timed-runs.ts';

export interface EmbeddedMeasurements {
  readonly postsPerSecond: number;
  readonly steady: readonly SteadyRun[];
  readonly leaks: number;
}

/** A single process warms up sooner than five and a broker. */
const WARM_UP_POSTS = 100_000;

/** Measures the same posts through `leakwatch up`: one process with an embedded Postgres that holds the log. */
export async function measureEmbedded(
  size: BenchSize,
  note: (line: string) => void,
): Promise<EmbeddedMeasurements> {
  const testbed = await openTestbed('postgres');
  try {
    const texts = plantedTexts(size);
    await testbed.watch(texts.watchList(), texts.openMedia);
    const up = startLeakwatch(
      [
        ...['up', '--data-dir', testbed.dataDir, '--source', 'jsonl', '--posts', '-'],
        ...['--ops-port', '0', '--webhook-port', '0'],
      ],
      { env: { LEAKWATCH_CANARY: 'off' }, input: { open: true }, nodeArgs: NODE_ARGS, built: true },
    );
    await up.untilSaid(/leakwatch is up/);
    const runs = await createTimedRuns(testbed, up.stdin);
    try {
      note('the embedded default: warming up …');
      await runs.atOnce(await texts.take(WARM_UP_POSTS));
      note(`${size.posts} posts at full speed …`);
      const postsPerSecond = await runs.atOnce(await texts.take(size.posts));
      note(`  ${Math.round(postsPerSecond)} posts/s`);
      const steady = await measureSteady(runs, texts, postsPerSecond, size.seconds, note);
      return { postsPerSecond, steady, leaks: await runs.checkLeaks() };
    } finally {
      await runs.close();
      up.kill('SIGTERM');
      await up.ended;
    }
  } finally {
    await testbed.close();
  }
}
