import { type CreatorCoverage } from '@leakwatch/contracts';
import { assertLeased, labelOf, processBatch, type EventLog, type Subscription } from '@leakwatch/event-log';
import {
  Lifecycle,
  startHeartbeat,
  toError,
  traceStage,
  type Heartbeat,
  type Logger,
  type Metrics,
} from '@leakwatch/runtime';
import { keepBytes, type Store } from '@leakwatch/store';
import { type AlertingConfig } from './config.ts';
import { forgetOldEvidence } from './desk/evidence/forget-evidence.ts';
import { startReports } from './desk/tips/start-reports.ts';
import { escalateOverdue } from './incidents/life/escalate-overdue.ts';
import { chainOfRuleset, fixedChain } from './incidents/life/escalation-chain.ts';
import { followRuleset } from './judge/follow-ruleset.ts';
import { forgetSuppressed } from './judge/queries/save-suppression.ts';
import { followCampaigns } from './judge/watched-campaigns.ts';
import { loadCoverage } from './measure/coverage/load-coverage.ts';
import { startHearing } from './measure/hearing/start-hearing.ts';
import { processDetections, type PipelineOptions } from './pipeline.ts';
import { createChannels, planChannels } from './tell/channels/create-channels.ts';
import { type TerminalSettings } from './tell/channels/terminal.ts';
import { startLoop } from './tell/outbox/loop.ts';
import { startRelay } from './tell/outbox/relay.ts';
import { loadRoutes } from './tell/routing/load-routes.ts';
import { planNotice } from './tell/routing/plan-notice.ts';
import { createTierDecider } from './tiers/decide-tiers.ts';

export interface AlertingOptions {
  readonly store: Store;
  /** With the topics `posts`, `detections`, `alerts` and `dead-letters`. */
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly config: AlertingConfig;
  /** What alerts are dated by. Deliveries go by the database's own clock. */
  readonly clock: () => Date;
  /** Where alerts are told as they come; null: nowhere. */
  readonly terminal: TerminalSettings | null;
  /** Hears that detections are no longer taken, and never will be again by themselves. */
  readonly onFatal?: (error: Error) => void;
}

export interface AlertingApp {
  start(): Promise<void>;
  /** Finishes the batches under way and flushes the outbox, within half a minute. Repeatable. */
  stop(): Promise<void>;
  /** Whether each registered creator is heard, as far as this process knows the watch list; nobody before `start`. */
  coverage(): Promise<CreatorCoverage[]>;
  /** Rejects before `start`, while its lease on the detections has ended, and once they are no longer taken. */
  ready(): Promise<void>;
}

const STAGE = 'alerting';
const MAX_ATTEMPTS = 3;
const STOP_TIMEOUT_MS = 30_000;

export function createAlerting(options: AlertingOptions): AlertingApp {
  const { store, log, metrics, config, clock } = options;
  const logger = options.logger.child({ service: STAGE });
  const lifecycle = new Lifecycle(logger);
  let subscribed: Subscription | null = null;
  let unready: Error | null = new Error('alerting has not been started');
  let coverage = (): Promise<CreatorCoverage[]> => Promise.resolve([]);

  const start = async () => {
    const ruleset = await followRuleset({
      file: config.rulesFile,
      onChange: ({ hash }) => logger.info({ ruleset: hash }, 'ruleset taken over'),
      onRefused: (error) => {
        metrics.stageFailures.inc({ stage: STAGE, reason: 'ruleset' });
        logger.error({ error: error.message }, 'the changed ruleset is broken: the running one stays');
      },
    });
    lifecycle.add({ name: 'ruleset', stop: () => ruleset.stop() });

    const campaigns = await followCampaigns(store, (error) => {
      metrics.stageFailures.inc({ stage: STAGE, reason: 'watch-list' });
      logger.error({ error: error.message }, 'the newest watch list could not be taken over');
    });
    lifecycle.add({ name: 'watch list', stop: () => campaigns.stop() });

    const { levels } = config.escalation;
    const chain = levels === null ? chainOfRuleset(() => ruleset.current()) : fixedChain(levels);
    const plans = planChannels(config);
    const routes = await loadRoutes(
      config.routesFile,
      plans.map(({ name }) => name),
    );
    const channels = createChannels(config, plans, {
      terminal: options.terminal,
      whoIsCalled: (tier, level) => chain.roleAt(tier, level),
      details: routes.details,
    });
    const relay = await startRelay({
      store,
      log,
      metrics,
      logger,
      channels,
      settings: config.delivery,
      digestEveryMs: config.digestEveryMs,
      plan: (event) =>
        planNotice(event, {
          channels,
          routes,
          campaigns: campaigns.current(),
          ruleset: ruleset.current(),
          digests: config.digestEveryMs !== null,
        }),
    });
    lifecycle.add({ name: 'relay', stop: () => relay.stop() });

    const escalation = startLoop({
      turn: async () => (await escalateOverdue(store, { clock, chain })) > 0,
      pollMs: config.escalation.pollMs,
      onError: (error) => {
        metrics.stageFailures.inc({ stage: STAGE, reason: 'escalation' });
        logger.warn({ error: error.message }, 'escalation stands still and is tried again');
      },
    });
    lifecycle.add({ name: 'escalation', stop: () => escalation.stop() });

    coverage = () =>
      loadCoverage(store.pool, {
        campaigns: campaigns.current(),
        ruleset: ruleset.current(),
        quietMs: config.quietMs,
        at: clock(),
      });
    const hearing = await startHearing({
      store,
      log,
      metrics,
      logger,
      campaigns,
      ruleset: () => ruleset.current(),
      sampling: config.sampling,
      clock,
      onFatal: (error) => options.onFatal?.(error),
    });
    lifecycle.add(hearing);

    const decider = createTierDecider(store, { campaigns, ruleset: () => ruleset.current(), clock });
    const tiers = startLoop({
      turn: async (isStopping) => (await decider.turn()) > 0 && !isStopping,
      pollMs: config.tiers.pollMs,
      onError: (error) => {
        metrics.stageFailures.inc({ stage: STAGE, reason: 'tiers' });
        logger.warn({ error: error.message }, 'tiers are not decided and are tried again');
      },
    });
    lifecycle.add({ name: 'tiers', stop: () => tiers.stop() });

    const forgetting = startLoop({
      turn: async () => {
        await forgetSuppressed(store.pool, new Date(clock().getTime() - config.suppressed.keepMs));
        return false;
      },
      pollMs: config.suppressed.pollMs,
      onError: (error) => {
        metrics.stageFailures.inc({ stage: STAGE, reason: 'suppressed' });
        logger.warn({ error: error.message }, 'old suppressed detections are not let go of');
      },
    });
    lifecycle.add({ name: 'suppressed detections', stop: () => forgetting.stop() });

    const evidence = startLoop({
      turn: async (isStopping) => (await forgetOldEvidence(store, config.evidence, clock())) && !isStopping,
      pollMs: config.evidence.pollMs,
      onError: (error) => {
        metrics.stageFailures.inc({ stage: STAGE, reason: 'evidence' });
        logger.warn({ error: error.message }, 'old evidence is not let go of');
      },
    });
    lifecycle.add({ name: 'evidence', stop: () => evidence.stop() });

    lifecycle.add(await startReports({ store, metrics, logger, clock, settings: config.reports }));

    const { episodeGapMs } = config;
    const pipeline = { store, campaigns, ruleset: () => ruleset.current(), metrics, clock, episodeGapMs };
    const heartbeat = lifecycle.add(startHeartbeat(metrics, STAGE));
    const subscription = await subscribe(pipeline, { store, log, metrics, logger, heartbeat });
    subscribed = subscription;
    lifecycle.add({ name: 'subscription', stop: () => subscription.close() });
    subscription.stopped.then(
      () => (unready = new Error('alerting has been stopped')),
      (error: unknown) => {
        unready = toError(error);
        options.onFatal?.(unready);
      },
    );
    unready = null;
  };

  return {
    start: () =>
      start().catch(async (error: unknown) => {
        await lifecycle.stop(STOP_TIMEOUT_MS);
        throw error;
      }),
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
    coverage: () => coverage(),
    ready: () =>
      new Promise((resolve) => {
        if (unready !== null) throw unready;
        if (subscribed !== null) assertLeased(STAGE, subscribed);
        resolve();
      }),
  };
}

function subscribe(
  pipeline: PipelineOptions,
  {
    store,
    log,
    metrics,
    logger,
    heartbeat,
  }: Pick<AlertingOptions, 'store' | 'log' | 'metrics' | 'logger'> & {
    readonly heartbeat: Heartbeat;
  },
): Promise<Subscription> {
  return log.subscribe({
    group: STAGE,
    topics: ['detections'],
    startAt: 'earliest',
    maxBatchRecords: 100,
    concurrency: 4,
    handle: async (batch) => {
      const startedAt = new Date();
      const ended = metrics.stageDuration.startTimer({ stage: STAGE });
      await heartbeat.during(() =>
        processBatch(batch, {
          log,
          stage: STAGE,
          maxAttempts: MAX_ATTEMPTS,
          process: (records, signal) => processDetections(records, pipeline, signal),
          savePayload: keepBytes(store.pool),
          observe: (outcome, record) => {
            if (outcome.kind === 'failed') metrics.deadLetters.inc({ stage: STAGE, reason: outcome.reason });
            const { traceparent } = record.headers;
            traceStage(logger, { stage: STAGE, traceparent, startedAt, outcome: labelOf(outcome) });
          },
        }),
      );
      ended();
    },
    onError: (error) => {
      metrics.stageFailures.inc({ stage: STAGE, reason: 'batch-failed' });
      logger.warn({ stage: STAGE, error: error.message }, 'a batch failed and is tried again');
    },
  });
}
