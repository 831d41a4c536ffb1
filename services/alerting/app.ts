/** Alerting as one app: a table of its parts, in the order in which they start. */
import { type CreatorCoverage } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { type RunningStage } from '@leakwatch/event-log/stage';
import {
  Lifecycle,
  startLoop,
  type Logger,
  type Metrics,
  type Service,
  type Stoppable,
} from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { type AlertingConfig } from './config.ts';
import { forgetOldEvidence } from './desk/evidence/forget-evidence.ts';
import { eraseOldCases } from './desk/erasure/erase-old-cases.ts';
import { eraseTipContacts } from './desk/queries/tip-settle.ts';
import { settleTip } from './desk/tips/settle-tips.ts';
import { startTips } from './desk/tips/start-tips.ts';
import { escalateOverdue } from './incidents/life/escalate-overdue.ts';
import { chainOfRuleset, fixedChain, type EscalationChain } from './incidents/life/escalation-chain.ts';
import { followRuleset } from './judge/follow-ruleset.ts';
import { forgetSuppressed } from './judge/queries/save-suppression.ts';
import { followCampaigns, type CampaignFollower } from './judge/watched-campaigns.ts';
import { loadCoverage } from './measure/coverage/load-coverage.ts';
import { fillAlertingGauges } from './measure/fill-gauges.ts';
import { startHearing } from './measure/hearing/start-hearing.ts';
import { startPipeline, STAGE } from './pipeline.ts';
import { type TerminalSettings } from './tell/channels/terminal.ts';
import { channelNames } from './tell/channels/create-channels.ts';
import { fillNoticeGauges } from './tell/fill-notice-gauges.ts';
import { followRoutes } from './tell/routing/follow-routes.ts';
import { type RoutesInForce } from './tell/routing/read-routes.ts';
import { startTelling } from './tell/start-telling.ts';
import { createTierDecider } from './tiers/decide-tiers.ts';

export interface AlertingOptions {
  readonly store: Store;
  /** With the topics `posts`, `detections`, `alerts` and `dead-letters`. */
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly config: AlertingConfig;
  /** Dates alerts. Deliveries go by the database's own clock. */
  readonly clock: () => Date;
  /** Where alerts are told as they come; null: nowhere. */
  readonly terminal: TerminalSettings | null;
  /** Hears that detections are no longer taken, for good. */
  readonly onFatal?: (error: Error) => void;
}

export interface AlertingApp extends Service {
  start(): Promise<void>;
  /** Finishes the batches under way and flushes the outbox, within half a minute. Repeatable. */
  stop(): Promise<void>;
  /** Rejects before `start`, while its lease on the detections has ended, and once they are no longer taken. */
  ready(): Promise<void>;
}

const STOP_TIMEOUT_MS = 30_000;

/** The common ground of all parts. */
interface Ground extends AlertingOptions {
  /** The ruleset in force. */
  readonly ruleset: () => Ruleset;
  readonly routes: () => RoutesInForce;
  readonly campaigns: CampaignFollower;
  readonly chain: EscalationChain;
}

export function createAlerting(options: AlertingOptions): AlertingApp {
  const logger = options.logger.child({ service: STAGE });
  const lifecycle = new Lifecycle(logger);
  let running: { readonly ground: Ground; readonly pipeline: RunningStage } | null = null;

  const start = async () => {
    for (const [name, today] of options.config.formerNames) {
      logger.warn(`${name} is now ${today}; the old name answers until the next version`);
    }
    const ground = await layGround({ ...options, logger }, lifecycle);
    for (const startPart of PARTS) lifecycle.add(await startPart(ground));
    for (const loop of loopsOf(ground)) lifecycle.add(startRepeating(loop, ground));
    // Starts last and stops first: every other part is there for what it records.
    running = { ground, pipeline: lifecycle.add(await startPipeline(ground)) };
  };

  const ready = () =>
    running === null ? Promise.reject(new Error('alerting has not been started')) : running.pipeline.ready();
  const routed = () => {
    const broken = running?.ground.routes().broken ?? null;
    return broken === null ? Promise.resolve() : Promise.reject(new Error(broken.summary));
  };
  const coverage = () => (running === null ? Promise.resolve([]) : coverageOf(running.ground));

  return {
    name: 'alerting',
    start: () =>
      start().catch(async (error: unknown) => {
        await lifecycle.stop(STOP_TIMEOUT_MS);
        throw error;
      }),
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
    ready,
    checks: [{ name: 'alerting', check: ready }],
    warnings: [{ name: 'routes', check: routed }],
    fillGauges: async () => {
      const { store, metrics, config } = options;
      await Promise.all([
        fillAlertingGauges({ ...options, stage: STAGE }, coverage),
        fillNoticeGauges(store.pool, channelNames(config), metrics),
      ]);
    },
  };
}

/** Follows what all parts go by: the ruleset, the watch list and the routes. */
async function layGround(options: AlertingOptions, lifecycle: Lifecycle): Promise<Ground> {
  const { store, metrics, logger, config } = options;
  const ruleset = await followRuleset({
    file: config.rulesFile,
    db: store.pool,
    onChange: ({ hash }) => logger.info({ ruleset: hash }, 'the changed rules are in force'),
    onRefused: (error) => {
      metrics.stageFailures.inc({ stage: STAGE, reason: 'ruleset' });
      logger.error({ error: error.message }, 'the changed rules are broken; the previous ones stay in force');
    },
  });
  lifecycle.add({ name: 'ruleset', stop: () => ruleset.stop() });
  const campaigns = await followCampaigns(store, (error) => {
    metrics.stageFailures.inc({ stage: STAGE, reason: 'watch-list' });
    logger.error({ error: error.message }, 'the newest watch list could not be read');
  });
  lifecycle.add({ name: 'watch list', stop: () => campaigns.stop() });
  const routes = await followRoutes({
    file: config.routesFile,
    db: store.pool,
    channels: channelNames(config),
    onChange: () => logger.info('the routes agreed on are in force'),
    onBroken: (summary) => {
      metrics.stageFailures.inc({ stage: STAGE, reason: 'routes' });
      logger.error(summary);
    },
    onError: (error) => {
      metrics.stageFailures.inc({ stage: STAGE, reason: 'routes' });
      logger.error({ error: error.message }, 'the routes could not be read; the previous ones stay in force');
    },
  });
  lifecycle.add({ name: 'routes', stop: () => routes.stop() });
  const current = () => ruleset.current();
  const { levels } = config.escalation;
  const chain = levels === null ? chainOfRuleset(current) : fixedChain(levels);
  return { ...options, ruleset: current, routes: () => routes.current(), campaigns, chain };
}

const PARTS: readonly ((ground: Ground) => Promise<Stoppable>)[] = [
  (ground) => startTelling({ ...ground, routes: () => ground.routes().routes }),
  (ground) => startHearing({ ...ground, sampling: ground.config.sampling }),
  (ground) =>
    startTips({
      ...ground,
      db: ground.store.pool,
      settings: { ...ground.config.tips, host: ground.config.tips.host ?? '127.0.0.1' },
    }),
];

/** Work that is looked for again and again. */
interface Repeating {
  readonly name: string;
  /** The labels of a failed turn in `leakwatch_stage_failures_total`. */
  readonly failure: { readonly stage: string; readonly reason: string };
  /** The log line of a failed turn. */
  readonly message: string;
  readonly pollMs: number;
  /** True if there is more to do. */
  readonly turn: () => Promise<boolean>;
}

function loopsOf({ store, metrics, config, clock, campaigns, ruleset, chain }: Ground): Repeating[] {
  const decider = createTierDecider(store, { campaigns, ruleset, clock });
  const { escalation, tiers, suppressed, evidence, cases, tips } = config;
  return [
    {
      name: 'escalation',
      failure: { stage: STAGE, reason: 'escalation' },
      message: 'overdue alerts could not be escalated; trying again',
      pollMs: escalation.pollMs,
      turn: async () => (await escalateOverdue(store, { clock, chain })) > 0,
    },
    {
      name: 'tiers',
      failure: { stage: STAGE, reason: 'tiers' },
      message: 'tiers could not be decided; trying again',
      pollMs: tiers.pollMs,
      turn: async () => ((await decider.turn()) ?? 0) > 0,
    },
    {
      name: 'suppressed detections',
      failure: { stage: STAGE, reason: 'suppressed' },
      message: 'old suppressed detections could not be deleted; trying again',
      pollMs: suppressed.pollMs,
      turn: async () => {
        await forgetSuppressed(store.pool, new Date(clock().getTime() - suppressed.keepMs));
        return false;
      },
    },
    {
      name: 'evidence',
      failure: { stage: STAGE, reason: 'evidence' },
      message: 'old evidence could not be deleted; trying again',
      pollMs: evidence.pollMs,
      turn: () => forgetOldEvidence(store, evidence, clock()),
    },
    {
      name: 'old cases',
      failure: { stage: STAGE, reason: 'old-cases' },
      message: 'old cases could not be erased; trying again',
      pollMs: cases.pollMs,
      turn: () => eraseOldCases(store, new Date(clock().getTime() - cases.keepMs)),
    },
    {
      name: 'tips: settle',
      failure: { stage: 'tips', reason: 'settle' },
      message: 'tips could not be settled; trying again',
      pollMs: tips.pollMs,
      turn: () => settleTip(store, { metrics, clock }),
    },
    {
      name: 'tips: contacts',
      failure: { stage: 'tips', reason: 'contacts' },
      message: 'old contacts of tips could not be erased; trying again',
      pollMs: tips.erasePollMs,
      turn: async () => {
        await eraseTipContacts(store.pool, tips.contactKeepMs);
        return false;
      },
    },
  ];
}

function startRepeating(
  { name, failure, message, pollMs, turn }: Repeating,
  { metrics, logger }: Pick<Ground, 'metrics' | 'logger'>,
): Stoppable {
  const loop = startLoop({
    turn: async (stopping) => (await turn()) && !stopping.aborted,
    pollMs,
    onError: (error) => {
      metrics.stageFailures.inc(failure);
      logger.warn({ error: error.message }, message);
    },
  });
  return { name, stop: () => loop.stop() };
}

function coverageOf({ store, campaigns, ruleset, config, clock }: Ground): Promise<CreatorCoverage[]> {
  return loadCoverage(store.pool, {
    campaigns: campaigns.current(),
    ruleset: ruleset(),
    quietMs: config.quietMs,
    at: clock(),
  });
}
