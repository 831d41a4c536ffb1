import { setTimeout as sleep } from 'node:timers/promises';
import { listAlerts } from '@leakwatch/store';
import { startService, stopServices, type ServiceProcess } from '../harness/service-processes.ts';
import { recordsIn, untilThrough } from './drained.ts';
import { feedAtOnce, feedSteadily } from './feed-posts.ts';
import { percentile } from './percentiles.ts';
import { type PlannedPost } from './planted-posts.ts';
import { listenToAlerts, type AlertEar } from './stored-alerts.ts';
import { type Testbed } from './testbed.ts';

export interface Latency {
  readonly leaks: number;
  readonly alertP50Ms: number;
  readonly alertP99Ms: number;
  readonly heardP50Ms: number;
  readonly heardP99Ms: number;
}

/** All services, each a process of its own, on one testbed; posts go in by ingest's standard input. */
export interface PipelineUnderTest {
  readonly services: ReadonlyMap<string, ServiceProcess>;
  /** Adds a process; resolves when it is up. */
  start(name: string, command: readonly string[]): Promise<void>;
  /** Hands posts in as fast as they are taken; gives the rate from the first to the end of all work on the last. */
  runAtOnce(posts: readonly PlannedPost[]): Promise<number>;
  /** Hands posts in at a rate; gives how long their leaks took. */
  runSteadily(posts: readonly PlannedPost[], postsPerSecond: number): Promise<Latency>;
  /** Throws unless each planted leak is in exactly one alert once, and nothing else is; gives their number. */
  checkLeaks(): Promise<number>;
  close(): Promise<void>;
}

const GROUPS = ['matcher-text', 'matcher-image'];
const LOOK_MS = 20;

export async function startPipeline(
  testbed: Testbed,
  nodeArgs: readonly string[] = [],
): Promise<PipelineUnderTest> {
  const { env, log, store } = testbed;
  const services = new Map<string, ServiceProcess>();
  const planted: string[] = [];
  const start = async (name: string, command: readonly string[]) => {
    services.set(name, await startService(command, { env, nodeArgs, input: { open: true } }));
  };
  await start('alerting', ['alerting']);
  await start('matcher text', ['matcher', '--lane', 'text']);
  await start('matcher image', ['matcher', '--lane', 'image']);
  await start('ingest', ['ingest', '--source', 'jsonl', '--posts', '-', '--media', testbed.media]);
  const ear = await listenToAlerts(log);

  const run = async (posts: readonly PlannedPost[], feed: (ingest: ServiceProcess) => Promise<void>) => {
    const ingest = services.get('ingest');
    if (ingest === undefined) throw new Error('ingest is not running');
    const before = await recordsIn(log, 'posts');
    const leaks = posts.flatMap((post) => post.leaks);
    planted.push(...leaks);
    const started = performance.now();
    await feed(ingest);
    await untilThrough(log, 'posts', before + posts.length, GROUPS);
    await untilHeard(ear, leaks);
    return { seconds: (performance.now() - started) / 1000, leaks };
  };

  return {
    services,
    start,
    runAtOnce: async (posts) => {
      const { seconds } = await run(posts, ({ stdin }) => feedAtOnce(stdin, posts));
      return posts.length / seconds;
    },
    runSteadily: async (posts, rate) => {
      const { leaks } = await run(posts, ({ stdin }) => feedSteadily(stdin, posts, rate));
      return latencyOf(ear, leaks);
    },
    checkLeaks: async () => {
      const alerts = await listAlerts(store.pool, { limit: 1_000_000 });
      const found = alerts.flatMap(({ campaignId, occurrences }) =>
        occurrences.map(
          ({ detection }) => `${detection.post.nativeId} ${campaignId} ${detection.evidence.itemId}`,
        ),
      );
      if (found.sort().join('\n') !== [...planted].sort().join('\n')) {
        throw new Error(`${planted.length} leaks were planted, ${found.length} occurrences are in alerts`);
      }
      return found.length;
    },
    close: async () => {
      await ear.close();
      const codes = await stopServices([...services.values()]);
      if (codes.some((code) => code !== 0)) throw new Error(`services ended with ${codes.join(', ')}`);
    },
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
