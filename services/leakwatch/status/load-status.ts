import { type AlertingConfig } from '@leakwatch/alerting';
import { loadAlertStanding, type AlertStanding } from '@leakwatch/alerting/incidents';
import {
  countCoverageByTier,
  loadCanaryState,
  loadCoverage,
  readStanding,
  type CanaryState,
} from '@leakwatch/alerting/measure';
import { loadChannelStanding, type ChannelStanding } from '@leakwatch/alerting/tell';
import { deadLetterDepth, lagOf } from '@leakwatch/event-log';
import { countRescanJobs, loadLastRescan } from '@leakwatch/rescan';
import { loadEncryption, loadWatchListAge, type EncryptionStanding } from '@leakwatch/store';
import { type Environment } from '../environment.ts';
import { FLOW } from '../flow/flow.ts';
import { listProcessStatuses, type ProcessStatus } from './queries/process-status.ts';

/** A stage of the pipeline, over all its processes. */
interface StageStatus {
  readonly stage: string;
  /** Time since its last turn in the liveliest process; null if no process runs it. */
  readonly silentSeconds: number | null;
  /** Records waiting for it; null for a stage that reads none. */
  readonly lag: number | null;
}

interface TierCoverage {
  readonly tier: number;
  /** The registered creators. */
  readonly expected: number;
  /** Those heard from lately enough. */
  readonly fresh: number;
  /** Those of whom nothing has come yet. */
  readonly awaited: number;
}

/** Everything that `leakwatch status` shows, over all processes that share one database and log. It holds no secrets. */
export interface Status {
  readonly at: Date;
  readonly database: string;
  readonly log: string;
  readonly encryption: EncryptionStanding & {
    /** Whether the log is in the brokers, where nothing is encrypted by leakwatch. */
    readonly exceptLog: boolean;
  };
  readonly processes: readonly ProcessStatus[];
  readonly stages: readonly StageStatus[];
  readonly canary: readonly CanaryState[];
  readonly watchList: {
    /** 0 before the first import. */
    readonly newest: number;
    readonly ageSeconds: number | null;
    /** The oldest version that a process of a lane still matches against, by lane. */
    readonly lanes: Readonly<Record<string, number>>;
  };
  /** By tier; null without a watch list. */
  readonly coverage: readonly TierCoverage[] | null;
  readonly alerts: readonly AlertStanding[];
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly rescans: {
    readonly states: Readonly<Record<string, number>>;
    readonly lastSuccessAt: Date | null;
  };
  readonly channels: readonly ChannelStanding[];
}

/** The group that reads for each stage. */
const READERS = FLOW.flatMap(({ topic, groups }) => groups.map((group) => ({ topic, group })));

export async function loadStatus(
  environment: Environment,
  config: AlertingConfig,
  at: Date,
): Promise<Status> {
  const { store, log } = environment;
  const { pool } = store;
  const [processes, canary, alerts, depths, jobs, lastSuccessAt, channels] = await Promise.all([
    listProcessStatuses(pool),
    loadCanaryState(pool),
    loadAlertStanding(pool, at),
    deadLetterDepth(log, pool),
    countRescanJobs(pool),
    loadLastRescan(pool),
    loadChannelStanding(pool),
  ]);
  const alive = processes.filter(isAlive);
  const watchList = await watchListOf(environment, alive);
  return {
    at,
    database: environment.database,
    log: environment.logPlace,
    encryption: { ...(await loadEncryption(store)), exceptLog: environment.isLogElsewhere },
    processes,
    stages: await Promise.all(
      stagesOf(alive).map(async (stage) => ({
        stage,
        silentSeconds: silenceOf(stage, alive, at),
        lag: await waitingFor(stage, environment),
      })),
    ),
    canary,
    watchList,
    coverage: watchList.newest === 0 ? null : await coverageOf(environment, config, at),
    alerts,
    deadLetters: Object.fromEntries([...depths].filter(([, depth]) => depth > 0)),
    rescans: {
      states: Object.fromEntries(jobs.map(({ state, jobs: count }) => [state, count])),
      lastSuccessAt,
    },
    channels,
  };
}

/** The stages that detection needs, in flow order, then any other that beats. */
function stagesOf(alive: readonly ProcessStatus[]): string[] {
  const needed = ['ingest', ...READERS.map(({ group }) => group), 'outbox'];
  const beating = alive.flatMap(({ standing }) => Object.keys(standing.heartbeats)).toSorted();
  return [...new Set([...needed, ...beating])];
}

/** A process that has been silent this long is gone, or can't reach the database. */
export const MISSING_AFTER_S = 30;
/** One that has been gone for longer will not come back. If nobody does its work, its stages say so. */
export const MISSED_FOR_S = 3600;

export function isAlive({ silentSeconds }: Pick<ProcessStatus, 'silentSeconds'>): boolean {
  return silentSeconds < MISSING_AFTER_S;
}

function silenceOf(stage: string, alive: readonly ProcessStatus[], at: Date): number | null {
  const beats = alive.flatMap(({ standing }) => standing.heartbeats[stage] ?? []);
  return beats.length === 0 ? null : Math.max(0, at.getTime() / 1000 - Math.max(...beats));
}

async function waitingFor(stage: string, { log }: Environment): Promise<number | null> {
  const reader = READERS.find(({ group }) => group === stage);
  return reader === undefined ? null : lagOf(log, reader.topic, reader.group);
}

async function coverageOf(
  { store }: Environment,
  config: AlertingConfig,
  at: Date,
): Promise<NonNullable<Status['coverage']>> {
  const standing = await readStanding(store.pool, config);
  const coverage = await loadCoverage(store.pool, { ...standing, at });
  return [...countCoverageByTier(coverage)].map(([tier, { registered, fresh, awaited }]) => ({
    tier,
    expected: registered,
    fresh,
    awaited,
  }));
}

async function watchListOf(
  { store }: Environment,
  alive: readonly ProcessStatus[],
): Promise<Status['watchList']> {
  const { newest } = await loadWatchListAge(store.pool, 0);
  const { ageSeconds } = await loadWatchListAge(store.pool, newest);
  const lanes: Record<string, number> = {};
  for (const { standing } of alive) {
    for (const [lane, version] of Object.entries(standing.watchLists)) {
      lanes[lane] = Math.min(version, lanes[lane] ?? Infinity);
    }
  }
  return { newest, ageSeconds, lanes };
}
