import { type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { recordsIn, untilThrough } from './drained.ts';
import { feedAtOnce, feedSteadily } from './feed-posts.ts';
import { percentile } from './percentiles.ts';
import { type PlannedPost } from './planted-posts.ts';
import { listenToAlerts, type AlertEar } from './stored-alerts.ts';
import { type Testbed } from './testbed.ts';

/** Milliseconds since the post's publication, over the leaks of a run. */
export interface Latency {
  readonly leaks: number;
  /** Until its alert was written. */
  readonly alertP50Ms: number;
  readonly alertP99Ms: number;
  /** Until a reader of the topic `alerts` had it; the alert was stored before that. */
  readonly heardP50Ms: number;
  readonly heardP99Ms: number;
}

/** Runs of posts through the services on a testbed. */
export interface TimedRuns {
  /** Hands posts in at full speed; gives the rate from the first post to the end of all work on the last. */
  atOnce(posts: readonly PlannedPost[]): Promise<number>;
  /** Hands posts in at a steady rate; gives the latencies of their leaks. */
  steadily(posts: readonly PlannedPost[], postsPerSecond: number): Promise<Latency>;
  /** Gives the number of planted leaks; throws unless each is in exactly one alert once and nothing else is. */
  checkLeaks(): Promise<number>;
  close(): Promise<void>;
}

/** Readers of posts. A run ends when all have finished; otherwise its rest would slow the next run. */
const GROUPS = ['matcher-text', 'matcher-image', 'alerting-posts'];
const LOOK_MS = 20;

/** @param input - ingest's input */
export async function createTimedRuns({ log, store }: Testbed, input: Writable): Promise<TimedRuns> {
  const ear = await listenToAlerts(log);
  const planted: string[] = [];

  const run = async (posts: readonly PlannedPost[], feed: () => Promise<void>) => {
    const before = await recordsIn(log, 'posts');
    const leaks = posts.flatMap((post) => post.leaks);
    planted.push(...leaks);
    const started = performance.now();
    await feed();
    await untilThrough(log, 'posts', before + posts.length, GROUPS);
    await untilHeard(ear, leaks);
    return { seconds: (performance.now() - started) / 1000, leaks };
  };

  return {
    atOnce: async (posts) => {
      const { seconds } = await run(posts, () => feedAtOnce(input, posts));
      return posts.length / seconds;
    },
    steadily: async (posts, rate) => {
      const { leaks } = await run(posts, () => feedSteadily(input, posts, rate));
      return latencyOf(ear, leaks);
    },
    checkLeaks: async () => {
      const alerts = await listAlerts(store.pool, { limit: 1_000_000 });
      const found = alerts.flatMap(({ campaignId, occurrences }) =>
        occurrences.map(
          ({ detection }) => `${detection.post.nativeId} ${campaignId} ${detection.evidence.itemId}`,
        ),
      );
      if (found.sort().join('\n') !== planted.sort().join('\n')) {
        throw new Error(`${planted.length} leaks were planted, ${found.length} occurrences are in alerts`);
      }
      return found.length;
    },
    close: () => ear.close(),
  };
}

async function untilHeard({ heard }: AlertEar, leaks: readonly string[]): Promise<void> {
  for (const leak of leaks) while (!heard.has(leak)) await sleep(LOOK_MS);
}

function latencyOf({ heard }: AlertEar, leaks: readonly string[]): Latency {
  const times = leaks.flatMap((leak) => heard.get(leak) ?? []);
  const alert = times.map((time) => time.publishedToAlertMs);
  const told = times.map((time) => time.publishedToHeardMs);
  return {
    leaks: times.length,
    alertP50Ms: percentile(alert, 0.5),
    alertP99Ms: percentile(alert, 0.99),
    heardP50Ms: percentile(told, 0.5),
    heardP99Ms: percentile(told, 0.99),
  };
}
