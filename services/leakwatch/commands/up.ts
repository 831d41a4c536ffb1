import path from 'node:path';
import { createImageEngine } from '@leakwatch/image-matching';
import { createJsonlSource, createMockSource, type Source } from '@leakwatch/ingest';
import { createLogger, createMetrics, messageOf, untilSignal, UsageError } from '@leakwatch/runtime';
import { startApp, type App } from '../app.ts';
import { openEnvironment, type Environment } from '../environment.ts';
import { waitUntilDrained } from '../flow/wait-until-drained.ts';
import { type Screen } from '../screen/screen.ts';
import { describeWatchList, importWatchList } from '../watch-list/import-watch-list.ts';
import { readWatchListFile, type WatchListFile } from '../watch-list/read-watch-list-file.ts';
import { mockWatchListFile } from '../watch-list/mock-watch-list.ts';

export interface UpOptions {
  readonly dataDir: string;
  readonly source: 'none' | 'mock' | 'jsonl';
  readonly watchlist?: string;
  readonly posts?: string;
  readonly media?: string;
  readonly rate: number;
  readonly seed: number;
  readonly count?: number;
  readonly host: string;
  readonly opsPort: number;
  readonly webhookPort: number;
  readonly logLevel: string;
  readonly details: boolean;
}

/** Runs every service in this process until a signal asks it to end. */
export async function up(options: UpOptions, screen: Screen): Promise<void> {
  const { source, watchList } = await chooseSource(options);
  const logger = createLogger({ level: options.logLevel });
  const environment = await openEnvironment({ dataDir: options.dataDir, onNotice: screen.note });
  if (watchList !== null) await takeWatchList(environment, watchList, screen);
  const app = await startApp({
    environment,
    metrics: createMetrics(),
    logger,
    host: options.host,
    opsPort: options.opsPort,
    webhookPort: options.webhookPort,
    terminal: { write: screen.result, details: options.details },
  });
  describe(app, environment, source, screen);

  const stopPulling = new AbortController();
  const pulling =
    source === null ? Promise.resolve() : pull(app, environment, source, stopPulling.signal, screen);
  const signal = await untilSignal();
  screen.note(`${signal}: finishing what is under way …`);
  stopPulling.abort();
  await pulling;
  await app.stop();
  screen.note('stopped');
}

/** Takes in all that the source has; says when it has ended and when the last of it has become what it becomes. */
async function pull(
  app: App,
  environment: Environment,
  source: Source,
  signal: AbortSignal,
  screen: Screen,
): Promise<void> {
  try {
    const summary = await app.ingest.run(source, { signal });
    screen.note(
      `source ended: ${summary.published} posts published, ${summary.duplicates + summary.olderRevisions} dropped, ${summary.deadLetters} dead letters`,
    );
    await waitUntilDrained(environment.log, { signal });
    screen.note('everything is through');
  } catch (error) {
    if (!signal.aborted) screen.problem(`the source ended: ${messageOf(error)}`);
  }
}

interface ChosenSource {
  readonly source: Source | null;
  readonly watchList: { name: string; file: WatchListFile } | null;
}

async function chooseSource(options: UpOptions): Promise<ChosenSource> {
  const given =
    options.watchlist === undefined
      ? null
      : { name: options.watchlist, file: await readWatchListFile(options.watchlist) };
  switch (options.source) {
    case 'none':
      return { source: null, watchList: given };
    case 'jsonl':
      if (options.posts === undefined)
        throw new UsageError('--source jsonl needs --posts FILE (or - for standard input)');
      return {
        source: createJsonlSource({
          file: options.posts,
          mediaDir: options.media ?? (options.posts === '-' ? '.' : path.dirname(options.posts)),
        }),
        watchList: given,
      };
    case 'mock': {
      const source = createMockSource({
        seed: options.seed,
        ratePerSecond: options.rate,
        ...(options.count === undefined ? {} : { count: options.count }),
      });
      // The mock's leaks are leaks of its own campaigns.
      return { source, watchList: given ?? { name: 'mock', file: await mockWatchListFile(source) } };
    }
  }
}

async function takeWatchList(
  environment: Environment,
  { name, file }: { name: string; file: WatchListFile },
  screen: Screen,
): Promise<void> {
  const engine = await createImageEngine();
  try {
    const { snapshot, warnings } = await importWatchList(environment.store, engine, name, file);
    for (const warning of warnings) screen.problem(warning);
    screen.note(`watch list version ${snapshot.version}: ${describeWatchList(snapshot)}`);
  } catch (error) {
    await environment.stop();
    throw error;
  } finally {
    await engine.close();
  }
}

function describe(app: App, environment: Environment, source: Source | null, screen: Screen): void {
  const ops = app.opsAddress ?? '';
  const webhook =
    app.webhookAddress === null
      ? 'off: set LEAKWATCH_WEBHOOK_SECRETS to take posts over HTTP'
      : `${app.webhookAddress}/v1/posts`;
  screen.note(
    [
      'leakwatch is up',
      `  database  ${environment.description}`,
      `  source    ${source === null ? 'none but the webhook' : source.name}`,
      `  webhook   ${webhook}`,
      `  metrics   ${ops}/metrics · ${ops}/healthz · ${ops}/readyz`,
      'Alerts appear here as they come. Ctrl-C ends it.',
    ].join('\n'),
  );
}
