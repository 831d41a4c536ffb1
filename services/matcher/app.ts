import { canaryCampaign, canaryPicture } from '@leakwatch/canary';
import { LIMITS, type Lane, type RegisteredCampaign, type WatchListSnapshot } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { startStage, type RunningStage } from '@leakwatch/event-log/stage';
import {
  createImageEngine,
  IMAGE_ENGINE,
  type ImageEngine,
  type PictureNote,
} from '@leakwatch/image-matching';
import { AssetRefresher, compileWatchList, EMPTY_WATCH_LIST, watchListSteps } from '@leakwatch/matching';
import { inSlices } from '@leakwatch/runtime/waiting';
import { createByteBudget, Lifecycle, type Logger, type Metrics, type Service } from '@leakwatch/runtime';
import {
  followWatchList,
  keepBytes,
  loadBlob,
  loadWatchListAge,
  type Store,
  type WatchListAge,
} from '@leakwatch/store';
import { type MatcherConfig } from './config.ts';
import { assertCanariesPass, fillMatcherGauges } from './fill-gauges.ts';
import { createRecordGuard } from './in-hand/guard-records.ts';
import { createMediaFetcher } from './media/fetch-media.ts';
import { createHostAsker } from './media/ask-hosts.ts';
import { createHostStanding } from './media/host-standing.ts';
import { FETCH_PACE, startLaterQueue, WORK_PACE, type LaterPace } from './later/later-queue.ts';
import { openWaitingRoom } from './later/waiting-room.ts';
import { loadMedia } from './media/load-media.ts';
import { createCreatorTime } from './steps/creator-time.ts';
import { createThreadFollower } from './steps/follow-threads.ts';
import { keepPosts } from './steps/keep-post.ts';
import {
  createImageLane,
  createTextLane,
  type ImageLaneTools,
  type LaneWithQueue,
  type MatcherLane,
} from './pipeline.ts';
import { type ImageScanner } from './steps/scan-images.ts';
import { countScan } from './steps/count-scan.ts';

export interface MatcherOptions {
  readonly store: Store;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly config: MatcherConfig;
  readonly clock: () => Date;
  /** Lanes of this process; both without it. */
  readonly lanes?: readonly Lane[];
  /** Called when a lane can't go on by itself. */
  readonly onFatal?: (error: Error) => void;
}

export interface MatcherApp extends Service {
  /** Loads the current watch list, then starts the lanes. */
  start(): Promise<void>;
  /** Lets the lanes finish the batches they have, within 25 s. */
  stop(): Promise<void>;
  /** Rejects while the newest watch list is not in use, while a lane has lost its lease, and after it has ended. */
  ready(): Promise<void>;
  /** The age of that version, and how long a newer one exists. */
  watchListAge(): Promise<WatchListAge>;
  /** Version of the watch list in use; 0 before the first. */
  watchListVersion(): number;
}

const STOP_TIMEOUT_MS = 25_000;
const IMAGE_STAGE = 'matcher-image';

export function createMatcher(options: MatcherOptions): MatcherApp {
  const { store, log, metrics, config, clock, lanes = ['text', 'image'] } = options;
  const logger = options.logger.child({ service: 'matcher' });
  const lifecycle = new Lifecycle(logger);
  let list = compileWatchList(EMPTY_WATCH_LIST);
  const refresher = new AssetRefresher();
  const stages: RunningStage[] = [];
  let listProblem: () => Error | null = () => null;
  const hosts = createHostStanding(config.media.patienceMs);

  const takeOver = async (
    snapshot: WatchListSnapshot,
    engine: ImageEngine | null,
    canary: RegisteredCampaign,
  ) => {
    const watched = forLanes(lanes, snapshot.campaigns);
    const campaigns =
      engine === null
        ? watched
        : await refresher.refresh(watched, {
            fingerprint: async (picture) => (await engine.register(picture)).data,
            loadPicture: async (sha256) => (await loadBlob(store.pool, sha256))?.bytes ?? null,
          });
    // Posts are matched against the list before, metrics and heartbeats are answered, until the new one is whole.
    list = await inSlices(
      watchListSteps({ ...snapshot, campaigns: [...campaigns, canary] }, { previous: list, isStored: true }),
    );
    for (const lane of lanes) metrics.watchListVersion.set({ lane }, list.version);
    logger.info(
      {
        version: list.version,
        terms: list.text.size - canary.terms.length,
        assets: list.images.size - canary.assets.length,
      },
      'watch list loaded',
    );
    // Ids and reasons would reveal the watch list, so only a count is logged; `watchlist validate` names them.
    if (list.refused.length > 0) {
      logger.error(
        { queries: list.refused.length },
        'stored queries are refused by this version and not watched',
      );
    }
  };

  const startScanner = async () => {
    const engine = await createImageEngine({
      workers: config.imageWorkers,
      decodingBytes: config.memory.decodingBytes,
    });
    lifecycle.add({ name: 'image engine', stop: () => engine.close() });
    const fetcher = createMediaFetcher({ ...config.media, maxBytes: LIMITS.mediaBytes });
    lifecycle.add({ name: 'media fetcher', stop: () => fetcher.close() });
    const askHost = createHostAsker(fetcher, hosts, config.media.patienceMs);
    return {
      engine,
      loadMedia: loadMedia.bind(null, store.pool, askHost),
      observeNote: (kind: PictureNote['kind']) => metrics.imagesSeenInPart.inc({ kind }),
    };
  };

  const imageLaneTools = (scanner: ImageScanner): ImageLaneTools => ({
    scanner,
    budget: createByteBudget({ bytes: config.memory.mediaBytes, perAccount: config.memory.postBytes }),
    guard: createRecordGuard(store.pool, IMAGE_STAGE),
    putOff: openWaitingRoom(store.pool, IMAGE_STAGE),
  });

  const startLaneWithQueue = async ({ attempt, ...work }: LaneWithQueue, pace: LaterPace) => {
    await startLane(work);
    const stage = `matcher-${work.lane}`;
    const queue = startLaterQueue({
      ...{ db: store.pool, log, stage, savePayload: keepBytes(store.pool), attempt, pace },
      away: () => (work.lane === 'image' ? hosts.away() : []),
      observe: (outcome, record) => {
        if (outcome.kind === 'failed') metrics.deadLetters.inc({ stage, reason: outcome.reason });
        countScan(metrics, work.lane, outcome, record);
      },
      onError: (error) => {
        metrics.stageFailures.inc({ stage, reason: 'attempt-failed' });
        logger.warn({ error: error.message }, 'a post that was put off could not be tried');
      },
    });
    lifecycle.add(queue);
  };

  const startLane = async ({ lane, ...work }: MatcherLane) => {
    const stage = await startStage(
      {
        name: `matcher-${lane}`,
        topic: 'posts',
        maxBatchRecords: 500,
        maxAttempts: 3,
        ...work,
        observe: (outcome, record) => countScan(metrics, lane, outcome, record),
      },
      { ...options, logger, savePayload: keepBytes(store.pool) },
    );
    stages.push(lifecycle.add(stage));
  };

  const start = async () => {
    const scanner = lanes.includes('image') ? await startScanner() : null;
    const canary = await registerCanary(lanes, scanner?.engine ?? null);
    // Loads the list before the first post: a post matched against an empty list would count as clean.
    const following = await followWatchList(
      store,
      (snapshot) => takeOver(snapshot, scanner?.engine ?? null, canary),
      {
        onError: (error) => {
          metrics.stageFailures.inc({ stage: 'matcher', reason: 'watch-list' });
          logger.error({ error: error.message }, 'the newest watch list could not be taken over');
        },
      },
    );
    listProblem = following.problem;
    lifecycle.add({ name: 'watch list', stop: () => following.stop() });

    const laneOptions = { watchList: () => list, clock, keep: keepPosts.bind(null, store.pool) };
    if (lanes.includes('text')) {
      const tools = {
        followThreads: createThreadFollower(store.pool, config.splitGap),
        creatorTime: createCreatorTime(),
        putOff: openWaitingRoom(store.pool, 'matcher-text'),
      };
      await startLaneWithQueue(createTextLane(laneOptions, tools), WORK_PACE);
    }
    if (scanner !== null) {
      await startLaneWithQueue(createImageLane(laneOptions, imageLaneTools(scanner)), FETCH_PACE);
    }
  };

  const ready = async () => {
    for (const stage of stages) await stage.ready();
    const problem = listProblem();
    if (problem !== null) throw problem;
    assertFresh(list.version, await loadWatchListAge(store.pool, list.version));
  };
  const watchListAge = () => loadWatchListAge(store.pool, list.version);

  return {
    name: 'matcher',
    start: () =>
      start().catch(async (error: unknown) => {
        await lifecycle.stop(STOP_TIMEOUT_MS);
        throw error;
      }),
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
    ready,
    checks: [
      { name: 'watch list', check: ready },
      { name: 'canary', check: () => assertCanariesPass(options, lanes) },
    ],
    fillGauges: () => fillMatcherGauges(options, lanes, watchListAge),
    watchListVersion: () => list.version,
    watchListAge,
  };
}

/** Loading a new watch list takes seconds, even with thousands of pictures. */
const STALE_AFTER_S = 60;

/** @throws if the watch list in use should have been replaced by now */
function assertFresh(version: number, { newest, behindSeconds }: WatchListAge): void {
  if (behindSeconds <= STALE_AFTER_S) return;
  const since = Math.round(behindSeconds);
  throw new Error(
    `matches against version ${version} of the watch list, but ${newest} is the newest: ${since} s behind`,
  );
}

/** Registers the campaign of the canary's posts beside the watch list. */
async function registerCanary(
  lanes: readonly Lane[],
  engine: ImageEngine | null,
): Promise<RegisteredCampaign> {
  const picture =
    engine === null
      ? null
      : { engine: IMAGE_ENGINE, fingerprint: (await engine.register(canaryPicture())).data };
  const campaign = canaryCampaign(picture);
  return lanes.includes('text') ? campaign : { ...campaign, terms: [] };
}

/** A process without the image lane needs no fingerprints; without the text lane it needs the terms, to know what to keep. */
function forLanes(lanes: readonly Lane[], campaigns: readonly RegisteredCampaign[]): RegisteredCampaign[] {
  if (lanes.includes('image')) return [...campaigns];
  return campaigns.map((campaign) => ({ ...campaign, assets: [] }));
}
