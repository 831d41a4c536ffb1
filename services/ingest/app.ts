import { type DeadLetter } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { type Logger, type Metrics, type Service, type Stoppable } from '@leakwatch/runtime';
import { followWatchList, type Store, type WatchListFollower } from '@leakwatch/store';
import { acceptDelivery, type Acceptance, type Delivery } from './accept-delivery.ts';
import { startCanary } from './canary/start-canary.ts';
import { type IngestConfig } from './config.ts';
import { type IngestContext } from './context.ts';
import { type PipelineParts } from './pipeline.ts';
import { createPublisher } from './publisher.ts';
import { deleteWebhookDeliveries } from './queries/delete-webhook-deliveries.ts';
import { replayLetter, type OpenMedia } from './replay-letter.ts';
import { retryUntilDurable } from './durable/retry-until-durable.ts';
import { reportFailureTo, runSource, type IngestSummary, type RunOptions } from './run-source.ts';
import { createConnectors } from './sources/connectors.ts';
import { createPollingSource, type PolledList } from './sources/polling/polling-source.ts';
import { type Source, type SourceOrigin } from './sources/source.ts';
import { createFindCreator } from './steps/find-creator.ts';
import { STAGE } from './steps/write-dead-letters.ts';

export interface IngestOptions {
  readonly store: Store;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly config: IngestConfig;
  readonly clock: () => Date;
}

export interface IngestApp extends Service {
  /** Sends synthetic posts from now on, as the settings say. The caller stops it before ingest. */
  startCanary(): Stoppable;
  /** Begins to follow the watch list, which maps accounts to creators. Call it first. */
  start(): Promise<void>;
  /** Pulls no further item, publishes those already pulled, commits the checkpoints, and ends. */
  stop(): Promise<void>;
  /**
   * Takes a source's posts from its checkpoint on until the source ends, the signal is aborted, or `stop`. It waits while
   * the database or the log is away.
   */
  run(source: Source, options?: RunOptions): Promise<IngestSummary>;
  /** Polls the accounts of the watch list on platforms that have a connector, until the signal is aborted, or `stop`. */
  runPolls(options?: RunOptions): Promise<readonly IngestSummary[]>;
  /** Takes a delivery of posts whole or not at all. Once it resolves with `accepted`, they are durable. */
  accept(source: SourceOrigin, delivery: Delivery): Promise<Acceptance>;
  /**
   * Takes the payload of one of ingest's dead letters again, with its first place and arrival time.
   *
   * @param openMedia - opens its media now; without it, media named by `file` are missing
   * @throws if it still can't be taken; then its letter must stay open
   */
  replay(letter: DeadLetter, payload: Uint8Array, openMedia?: OpenMedia): Promise<void>;
}

const HEARTBEAT_MS = 5_000;

/** A sender gives up earlier than this. */
const DELIVERY_KEPT_MS = 30 * 24 * 3_600_000;

export function createIngest(options: IngestOptions): IngestApp {
  const { store, log, metrics, config, clock } = options;
  const logger = options.logger.child({ service: 'ingest' });
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let findCreator = createFindCreator([]);
  let watchList: PolledList = { campaigns: [], creators: [] };
  let following: WatchListFollower | null = null;

  const parts: PipelineParts = { store, log, clock, findCreator: (account) => findCreator(account) };

  const publisher = createPublisher(parts, { metrics, logger });
  const context: IngestContext = { parts, config, metrics, logger, publish: publisher.publish };

  let beating: NodeJS.Timeout | undefined;
  // Waiting for posts is healthy, hanging in a publish is not.
  const beat = () => {
    if (!publisher.isBusy()) metrics.heartbeat.setToCurrentTime({ stage: STAGE });
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    const ended = work.then(
      () => undefined,
      () => undefined,
    );
    underWay.add(ended);
    void ended.then(() => underWay.delete(ended));
    return work;
  };
  const run = (source: Source, runOptions: RunOptions) => {
    const signals = [stopping.signal, ...(runOptions.signal === undefined ? [] : [runOptions.signal])];
    return track(runSource(source, { ...runOptions, signal: AbortSignal.any(signals) }, context));
  };
  const refuseWhenStopping = () => {
    if (stopping.signal.aborted) throw new Error('ingest is stopping');
  };

  return {
    name: 'ingest',
    start: async () => {
      following = await followWatchList(
        store,
        (snapshot) => {
          watchList = snapshot;
          findCreator = createFindCreator(snapshot.creators);
        },
        {
          onError: (error) => {
            metrics.stageFailures.inc({ stage: STAGE, reason: 'watch-list' });
            logger.error({ error: error.message }, 'the newest watch list could not be loaded');
          },
        },
      );
      await deleteWebhookDeliveries(store.pool, new Date(clock().getTime() - DELIVERY_KEPT_MS));
      beat();
      beating = setInterval(beat, HEARTBEAT_MS).unref();
    },
    stop: async () => {
      stopping.abort();
      clearInterval(beating);
      await Promise.all(underWay);
      await following?.stop();
    },
    startCanary: () => startCanary(config.canary, context),
    run: async (source, runOptions = {}) => {
      refuseWhenStopping();
      return run(source, runOptions);
    },
    runPolls: async (runOptions = {}) => {
      refuseWhenStopping();
      const sources = createConnectors(config.polls, clock, logger).map((connector) =>
        createPollingSource(connector, {
          db: store.pool,
          metrics,
          watchList: () => watchList,
          clock,
          attempt: (work, signal) => retryUntilDurable(work, { signal, onFailure: reportFailureTo(context) }),
        }),
      );
      return Promise.all(sources.map((source) => run(source, runOptions)));
    },
    accept: async (source, delivery) => {
      refuseWhenStopping();
      return track(acceptDelivery(source, delivery, context));
    },
    replay: async (letter, payload, openMedia) => {
      refuseWhenStopping();
      return track(replayLetter(letter, payload, openMedia, context));
    },
  };
}
