import { LIMITS, type Lane, type RegisteredCampaign, type WatchListSnapshot } from '@leakwatch/contracts';
import { processBatch, type EventLog, type Subscription } from '@leakwatch/event-log';
import { createImageEngine, IMAGE_ENGINE, type ImageEngine } from '@leakwatch/image-matching';
import { type Logger, type Metrics, type Stoppable } from '@leakwatch/runtime';
import { followWatchList, loadBlob, saveBlob, type Store } from '@leakwatch/store';
import { type MatcherConfig } from './config.ts';
import { compileWatchList, EMPTY_WATCH_LIST, type CompiledWatchList } from './matching.ts';
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

export interface MatcherApp extends Stoppable {
  /** Version of the watch list that posts are matched against now; 0 before the first. */
  watchListVersion(): number;
  /** Rejects while the newest watch list can't be used. */
  checkReady(): Promise<void>;
}

const MAX_ATTEMPTS = 3;

/** Starts both lanes: they go on until `stop`. */
export async function startMatcher(options: MatcherOptions): Promise<MatcherApp> {
  const { store, log, metrics, config, clock } = options;
  const logger = options.logger.child({ service: 'matcher' });
  const engine = await createImageEngine(
    config.imageWorkers === undefined ? {} : { workers: config.imageWorkers },
  );
  const fetcher = createMediaFetcher({ ...config.media, maxBytes: LIMITS.mediaBytes });

  let list = compileWatchList(EMPTY_WATCH_LIST);
  let broken: Error | null = null;
  const replaceWatchList = async (snapshot: WatchListSnapshot) => {
    list = compileWatchList({
      ...snapshot,
      campaigns: await refingerprint(store, engine, snapshot.campaigns),
    });
    broken = null;
    for (const lane of ['text', 'image'] as const) metrics.watchListVersion.set({ lane }, list.version);
    logger.info(
      { version: list.version, terms: list.text.size, assets: list.images.size },
      'watch list taken over',
    );
  };
  const following = await followWatchList(store, {
    onSnapshot: replaceWatchList,
    onError: (error) => {
      broken = error;
      metrics.stageFailures.inc({ stage: 'matcher', reason: 'watch-list' });
      logger.error({ error: error.message }, 'the newest watch list could not be taken over');
    },
  });

  const laneOptions = {
    watchList: (): CompiledWatchList => list,
    clock,
    onScanned: (lane: Lane, outcome: 'matched' | 'clean' | 'failed') =>
      metrics.postsScanned.inc({ lane, outcome }),
  };
  const lanes = [
    createTextLane(laneOptions),
    createImageLane(laneOptions, { engine, loadMedia: (media) => loadMedia(store.pool, fetcher, media) }),
  ];
  const subscriptions: Subscription[] = [];
  for (const lane of lanes) subscriptions.push(await subscribeLane(lane, { log, metrics, logger, store }));

  return {
    name: 'matcher',
    watchListVersion: () => list.version,
    checkReady: () => (broken === null ? Promise.resolve() : Promise.reject(broken)),
    stop: async () => {
      await Promise.all(subscriptions.map((subscription) => subscription.close()));
      await following.stop();
      await Promise.all([engine.close(), fetcher.close()]);
    },
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
        savePayload: (bytes) => saveBlob(store.pool, bytes, 'application/octet-stream'),
        observe: (outcome) => {
          if (outcome.kind === 'failed') metrics.deadLetters.inc({ stage, reason: outcome.reason });
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

/** Assets that an older engine fingerprinted are done again from their stored pictures. */
async function refingerprint(
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
          if (blob === null)
            throw new Error('the picture of a registered asset is gone: import the watch list again');
          const { data } = await engine.register(blob.bytes);
          return { ...asset, engine: IMAGE_ENGINE, fingerprint: Buffer.from(data).toString('base64') };
        }),
      ),
    })),
  );
}
