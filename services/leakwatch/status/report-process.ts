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
  deleteProcessReport,
  forgetProcessReports,
  saveProcessReport,
  type ProcessStanding,
} from './queries/process-report.ts';

const REPORT_MS = 5_000;

/** A process that died without a word is missed for so long. */
const MISSED_MS = 3_600_000;

/**
 * Writes down every few seconds what this process would say of itself, so that `leakwatch status` sees it from another one. A
 * report that can't be written is news by itself: the process goes silent.
 */
export function reportProcess(options: {
  name: string;
  store: Pick<Store, 'pool'>;
  metrics: Metrics;
  logger: Logger;
  checks: readonly ReadinessCheck[];
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
    await saveProcessReport(pool, { ...about, standing: { checks, ...(await standingOf(metrics)) } });
  };
  let writing: Promise<void> | null = null;
  const report = () => {
    writing ??= write()
      .catch((error: unknown) =>
        logger.debug({ error: messageOf(error) }, 'the process could not be reported'),
      )
      .finally(() => {
        writing = null;
      });
  };
  const withdraw = async () => {
    await deleteProcessReport(pool, processId);
    await forgetProcessReports(pool, MISSED_MS);
  };
  const timer = setInterval(report, REPORT_MS);
  report();
  return {
    name: 'process report',
    stop: async () => {
      clearInterval(timer);
      await writing;
      // Where the database is away the report grows old by itself: to end comes first.
      await withdraw().catch((error: unknown) => {
        logger.warn({ error: messageOf(error) }, 'the process report could not be withdrawn');
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

async function standingOf(metrics: Metrics): Promise<Omit<ProcessStanding, 'checks'>> {
  const heartbeats = LabelledSchema.parse((await metrics.heartbeat.get()).values);
  const watchLists = LabelledSchema.parse((await metrics.watchListVersion.get()).values);
  return {
    heartbeats: Object.fromEntries(heartbeats.map(({ labels, value }) => [labels.stage ?? '', value])),
    watchLists: Object.fromEntries(watchLists.map(({ labels, value }) => [labels.lane ?? '', value])),
  };
}
