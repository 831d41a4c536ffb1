import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { createImageEngine } from '@leakwatch/image-matching';
import { createJsonlSource, createMockSource, type IngestSummary, type Source } from '@leakwatch/ingest';
import { createMetrics, readSettings, silentLogger, untilSignal, UsageError } from '@leakwatch/runtime';
import { openStore } from '@leakwatch/store';
import { APP_SETTINGS, startApp, type App } from '../app.ts';
import { describeResults } from '../demo/describe-results.ts';
import { fixturesFolder, loadFixtureTruth } from '../demo/fixture-truth.ts';
import { hearFeed } from '../demo/hear-feed.ts';
import { replayAsLive } from '../demo/replay-as-live.ts';
import { scoreAlerts } from '../demo/score-alerts.ts';
import { moveFeedTo, serveFeed, type DemoFeed } from '../demo/serve-feed.ts';
import { shiftEmbargoes } from '../demo/shift-embargoes.ts';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment, type Environment } from '../environment.ts';
import { requireFreePorts } from '../free-ports.ts';
import { waitUntilDrained } from '../flow/wait-until-drained.ts';
import { formatAlerts, mostSevereFirst } from '../screen/alert-table.ts';
import { type Progress, type Screen } from '../screen/screen.ts';
import { describeWatchList, importWatchList } from '../watch-list/import-watch-list.ts';
import { consolePorts } from '../wanted-ports.ts';
import { readWatchListFile } from '../watch-list/read-watch-list-file.ts';

export interface DemoOptions {
  readonly dataDir: string;
  /** Recorded posts are replayed at this many a second. */
  readonly rate: number;
  /** Stays with the console until a signal. */
  readonly serve: boolean;
}

/** Innocent posts sent at once, to measure the rate that this machine keeps. */
const BURST_POSTS = 2000;
/** The demo contacts nobody: it polls its own server only. */
const DEMO_POLLS = { platforms: ['feed' as const], feedIntervalMs: 1_000 };
/** A run that takes longer hangs. */
const TIMEOUT_MS = 100_000;

/** Runs the fixtures through everything, as if they were published now, and shows the results. */
export async function demo(options: DemoOptions, screen: Screen): Promise<void> {
  // Checks before it removes the data of an earlier demo.
  const settings = readSettings({ environment: loadEnvironmentConfig, ...APP_SETTINGS }, process.env);
  if (options.serve) await requireFreePorts(consolePorts(settings.console, null));
  const fixtures = fixturesFolder();
  await startAfresh(options.dataDir);
  screen.note('starting an embedded Postgres, ingest, two matchers and alerting …');
  const environment = await openEnvironment({
    dataDir: options.dataDir,
    creates: true,
    config: settings.environment,
  });
  let app: App | null = null;
  let feed: DemoFeed | null = null;
  try {
    const truth = await loadFixtureTruth(fixtures);
    feed = await serveFeed(fixtures, truth.epoch);
    await takeFixtures(environment, fixtures, { epoch: truth.epoch, feed }, screen);
    const polls = { ...settings.ingest.polls, ...DEMO_POLLS, ownHost: feed.host };
    app = await startApp({
      settings: { ...settings, ingest: { ...settings.ingest, polls } },
      environment,
      metrics: createMetrics(),
      logger: silentLogger(),
      address: '127.0.0.1',
      ops: null,
      webhookPort: null,
      withConsole: options.serve,
      terminal: null,
    });
    const [replay, heard] = await Promise.all([
      replayFixtures(app, environment, fixtures, options.rate, screen),
      hearFeed(app.ingest, feed, AbortSignal.timeout(TIMEOUT_MS)),
    ]);
    await waitUntilDrained(environment.log, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const alerts = await listAlerts(environment.store.pool, { limit: 10_000 });
    const burst = await measureBurst(app, environment, screen);
    screen.result('');
    screen.result(formatAlerts(mostSevereFirst(alerts)));
    screen.result('');
    const score = scoreAlerts(alerts, truth.expected);
    for (const line of describeResults({ replay, heard, burst, alerts, score, dataDir: options.dataDir }))
      screen.result(line);
    if (options.serve) await serve(app, screen);
  } finally {
    await (app?.stop() ?? environment.stop());
    await feed?.stop();
  }
}

/** Stays until a signal. */
async function serve(app: App, screen: Screen): Promise<void> {
  if (app.console === null) throw new UsageError('LEAKWATCH_CONSOLE is off: --serve has nothing to show');
  app.host.keepStatus('demo');
  const signalled = untilSignal();
  const { address, firstLink } = app.console;
  screen.result(`\nLook at them: make an account by this link, once: ${firstLink ?? address}`);
  screen.note('Ctrl-C ends it.');
  await Promise.race([signalled, app.host.failed]);
}

/** Removes the data of an earlier demo once its server has ended, so every demo shows the same. */
async function startAfresh(dataDir: string): Promise<void> {
  const earlier = await openStore({ dataDir, migrate: false, readsNothing: true });
  await earlier.close();
  await rm(dataDir, { recursive: true, force: true });
}

async function takeFixtures(
  environment: Environment,
  fixtures: string,
  { epoch, feed }: { epoch: Date; feed: DemoFeed },
  screen: Screen,
): Promise<void> {
  const name = path.join(fixtures, 'watchlist.yaml');
  const file = await readWatchListFile(name);
  const engine = await createImageEngine();
  try {
    const list = moveFeedTo(feed, shiftEmbargoes(file.list, epoch, new Date()));
    const { snapshot } = await importWatchList(environment.store, engine, name, { ...file, list });
    screen.note(`watching ${describeWatchList(snapshot)}`);
  } finally {
    await engine.close();
  }
}

/** Times of one run through everything. */
interface Run {
  readonly posts: number;
  readonly ms: number;
}

async function replayFixtures(
  app: App,
  environment: Environment,
  fixtures: string,
  rate: number,
  screen: Screen,
): Promise<Run & { summary: IngestSummary }> {
  const recorded = createJsonlSource({
    file: path.join(fixtures, 'posts.jsonl'),
    mediaDir: path.join(fixtures, 'images/posts'),
  });
  const total = await countLines(path.join(fixtures, 'posts.jsonl'));
  screen.note(`replaying ${total} recorded posts as if published now, ${rate} a second; polling a feed …`);
  const live = replayAsLive(recorded, { ratePerSecond: rate, clock: () => new Date() });
  return runThrough(app, environment, live, screen.progress({ total, unit: 'posts' }));
}

async function measureBurst(app: App, environment: Environment, screen: Screen): Promise<Run> {
  screen.note(`and ${BURST_POSTS.toLocaleString('en')} innocent ones at once …`);
  const innocent = createMockSource({
    seed: 1,
    ratePerSecond: BURST_POSTS * 10,
    count: BURST_POSTS,
    leakShare: 0,
    imageShare: 0,
  });
  return runThrough(app, environment, innocent, screen.progress({ total: BURST_POSTS, unit: 'posts' }));
}

async function countLines(file: string): Promise<number> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '').length;
}

/** Runs from the first post pulled until the log is drained. */
async function runThrough(
  app: App,
  environment: Environment,
  source: Source,
  progress: Progress,
): Promise<Run & { summary: IngestSummary }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const started = performance.now();
  try {
    const summary = await app.ingest.run(source, {
      signal,
      onProgress: ({ read }) => {
        progress.update(read);
      },
    });
    await waitUntilDrained(environment.log, { signal });
    return { posts: summary.read, ms: performance.now() - started, summary };
  } finally {
    progress.stop();
  }
}
