import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  messageOf,
  runChecks,
  type Logger,
  type Metrics,
  type ReadinessCheck,
  type Stoppable,
} from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { z } from 'zod';
import { VERSION } from '../build-info.ts';
import {
  deleteProcessStatus,
  forgetProcessStatuses,
  saveProcessStatus,
  type ProcessStanding,
} from './queries/process-status.ts';

const WRITE_MS = 5_000;

/** How long a process that died without a word is shown. It is missed for less. */
const SHOWN_MS = 24 * 3_600_000;

/**
 * Writes this process's status every few seconds, so that `leakwatch status` sees it from another process. If it cannot be
 * written, the process looks silent, which is true.
 */
export function keepProcessStatus(options: {
  name: string;
  store: Pick<Store, 'pool'>;
  metrics: Metrics;
  logger: Logger;
  checks: readonly ReadinessCheck[];
  /** Things to tell although the process is ready. */
  warnings: readonly ReadinessCheck[];
}): Stoppable {
  const { name, metrics, logger } = options;
  const { pool } = options.store;
  const processId = randomUUID();
  const about = {
    processId,
    name,
    host: hostname(),
    pid: process.pid,
    version: VERSION,
    startedAt: new Date(),
  };

  const write = async () => {
    const { checks } = await runChecks(options.checks);
    const warnings = Object.entries((await runChecks(options.warnings)).checks).filter(
      ([, said]) => said !== 'ok',
    );
    const standing = {
      checks,
      ...(warnings.length === 0 ? {} : { warnings: Object.fromEntries(warnings) }),
      ...(await standingOf(metrics)),
    };
    await saveProcessStatus(pool, { ...about, standing });
    await forgetOld();
  };
  let writing: Promise<void> | null = null;
  const tick = () => {
    writing ??= write()
      .catch((error: unknown) =>
        logger.debug({ error: messageOf(error) }, 'the status of the process could not be written'),
      )
      .finally(() => {
        writing = null;
      });
  };
  const forgetOld = () => forgetProcessStatuses(pool, SHOWN_MS);
  const withdraw = async () => {
    await deleteProcessStatus(pool, processId);
    await forgetOld();
  };
  const timer = setInterval(tick, WRITE_MS);
  tick();
  return {
    name: 'process status',
    stop: async () => {
      clearInterval(timer);
      await writing;
      // If the database is away, the status grows old by itself: the process must end first.
      await withdraw().catch((error: unknown) => {
        logger.warn({ error: messageOf(error) }, 'the status of the process could not be withdrawn');
      });
    },
  };
}

const LabelledSchema = z.array(
  z.object({
    labels: z.object({ stage: z.string().optional(), lane: z.string().optional() }),
    value: z.number(),
  }),
);

async function standingOf(metrics: Metrics): Promise<Pick<ProcessStanding, 'heartbeats' | 'watchLists'>> {
  const heartbeats = LabelledSchema.parse((await metrics.heartbeat.get()).values);
  const watchLists = LabelledSchema.parse((await metrics.watchListVersion.get()).values);
  return {
    heartbeats: Object.fromEntries(heartbeats.map(({ labels, value }) => [labels.stage ?? '', value])),
    watchLists: Object.fromEntries(watchLists.map(({ labels, value }) => [labels.lane ?? '', value])),
  };
}
