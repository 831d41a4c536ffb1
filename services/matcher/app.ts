import {
  EVENTS,
  LIMITS,
  type Lane,
  type RegisteredCampaign,
  type WatchListSnapshot,
} from '@leakwatch/contracts';
import {
  eventTypeName,
  processBatch,
  type EventLog,
  type Outcome,
  type Subscription,
} from '@leakwatch/event-log';
import { createImageEngine, IMAGE_ENGINE, type ImageEngine } from '@leakwatch/image-matching';
import { Lifecycle, type Logger, type Metrics } from '@leakwatch/runtime';
import { followWatchList, keepBytes, loadBlob, type Store } from '@leakwatch/store';
import { type MatcherConfig } from './config.ts';
import { compileWatchList, EMPTY_WATCH_LIST } from './matching.ts';
import { createMediaFetcher } from './media/fetch-media.ts';
import { loadMedia } from './media/load-media.ts';
import { createImageLane, createTextLane, type MatcherLane } from './pipeline.ts';

export interface MatcherOptions {
  readonly store: Store;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly config: MatcherConfig;
  readonly clock: () => Date;
}

export interface MatcherApp {
  /** Takes over the current watch list, then starts both lanes. */
  start(): Promise<void>;
  /** Lets both lanes finish the batches they have, within half a minute. */
  stop(): Promise<void>;
  /** Rejects while the newest watch list can't be used. */
  ready(): Promise<void>;
  /** Version of the watch list that posts are matched against now; 0 before the first. */
  watchListVersion(): number;
}

const MAX_ATTEMPTS = 3;
const STOP_TIMEOUT_MS = 30_000;

export function createMatcher(options: MatcherOptions): MatcherApp {
  const { store, log, metrics, config, clock } = options;
  const logger = options.logger.child({ service: 'matcher' });
  const lifecycle = new Lifecycle(logger);
  let list = compileWatchList(EMPTY_WATCH_LIST);
  let broken: Error | null = null;

  const takeOver = async (engine: ImageEngine, snapshot: WatchListSnapshot) => {
    const campaigns = await refingerprint(store, engine, snapshot.campaigns);
    list = compileWatchList({ ...snapshot, campaigns }, list);
    broken = null;
    for (const lane of ['text', 'image'] as const) metrics.watchListVersion.set({ lane }, list.version);
    logger.info(
      { version: list.version, terms: list.text.size, assets: list.images.size },
      'watch list taken over',
    );
  };

  return {
    start: async () => {
      const engine = await createImageEngine({ workers: config.imageWorkers });
      lifecycle.add({ name: 'image engine', stop: () => engine.close() });
      const fetcher = createMediaFetcher({ ...config.media, maxBytes: LIMITS.mediaBytes });
      lifecycle.add({ name: 'media fetcher', stop: () => fetcher.close() });

      // Before the first post is looked at: a post that meets an empty list would count as clean.
      const following = await followWatchList(store, (snapshot) => takeOver(engine, snapshot), {
        onError: (error) => {
          broken = error;
          metrics.stageFailures.inc({ stage: 'matcher', reason: 'watch-list' });
          logger.error({ error: error.message }, 'the newest watch list could not be taken over');
        },
      });
      lifecycle.add({ name: 'watch list', stop: () => following.stop() });

      const laneOptions = { watchList: () => list, clock };
      const scanner = { engine, loadMedia: loadMedia.bind(null, store.pool, fetcher) };
      for (const lane of [createTextLane(laneOptions), createImageLane(laneOptions, scanner)]) {
        const subscription = await subscribeLane(lane, { log, metrics, logger, store });
        lifecycle.add({ name: `${lane.lane} lane`, stop: () => subscription.close() });
      }
    },
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
    ready: () => (broken === null ? Promise.resolve() : Promise.reject(broken)),
    watchListVersion: () => list.version,
  };
}

function subscribeLane(
  lane: MatcherLane,
  { log, metrics, logger, store }: Pick<MatcherOptions, 'log' | 'metrics' | 'logger' | 'store'>,
): Promise<Subscription> {
  const stage = `matcher-${lane.lane}`;
  return log.subscribe({
    group: stage,
    topics: ['posts'],
    startAt: 'earliest',
    // An image takes a hundred times longer than a text: a small batch keeps the first of it from waiting for the last.
    maxBatchRecords: lane.lane === 'text' ? 500 : 16,
    concurrency: 4,
    handle: async (batch) => {
      const ended = metrics.stageDuration.startTimer({ stage });
      await processBatch(batch, {
        log,
        stage,
        maxAttempts: MAX_ATTEMPTS,
        process: lane.process,
        savePayload: keepBytes(store.pool),
        observe: (outcome) => {
          count(lane.lane, outcome, metrics);
        },
      });
      ended();
      metrics.heartbeat.setToCurrentTime({ stage });
    },
    onError: (error) => {
      metrics.stageFailures.inc({ stage, reason: 'batch-failed' });
      logger.warn({ stage, error: error.message }, 'a batch failed and is tried again');
    },
  });
}

function count(lane: Lane, outcome: Outcome, metrics: Metrics): void {
  if (outcome.kind === 'dropped') return;
  if (outcome.kind === 'failed') {
    metrics.postsScanned.inc({ lane, outcome: 'failed' });
    metrics.deadLetters.inc({ stage: `matcher-${lane}`, reason: outcome.reason });
    return;
  }
  const matched = outcome.emit.some((record) => eventTypeName(record) === EVENTS.detection.type);
  metrics.postsScanned.inc({ lane, outcome: matched ? 'matched' : 'clean' });
}

/** Assets that an older engine fingerprinted are done again from their stored pictures. */
function refingerprint(
  store: Store,
  engine: ImageEngine,
  campaigns: readonly RegisteredCampaign[],
): Promise<RegisteredCampaign[]> {
  return Promise.all(
    campaigns.map(async (campaign) => ({
      ...campaign,
      assets: await Promise.all(
        campaign.assets.map(async (asset) => {
          if (asset.engine === IMAGE_ENGINE) return asset;
          const blob = await loadBlob(store.pool, asset.sha256);
          if (blob === null) {
            throw new Error("a registered asset's picture is gone: import the watch list again");
          }
          const { data } = await engine.register(blob.bytes);
          return { ...asset, engine: IMAGE_ENGINE, fingerprint: Buffer.from(data).toString('base64') };
        }),
      ),
    })),
  );
}
