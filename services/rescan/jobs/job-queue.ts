/**
 * The queue of jobs to start, and the clock of scheduled ones: pg-boss on the same Postgres
 * (docs/decisions/0501-job-queue.md). Jobs and their progress are in our own tables. The queue only makes sure that
 * each job is started once, and again if the starting process died.
 */
import { toError } from '@leakwatch/runtime';
import { type Queryable, type Store } from '@leakwatch/store';
import PgBoss from 'pg-boss';
import { z } from 'zod';
import { NIGHTLY } from './queries/load-schedule.ts';

const START = 'rescan-start';
const TRIM = 'rescan-trim';

/** Hourly: a trim that finds nothing costs a few index reads. */
const TRIM_CRON = '17 * * * *';

/** A start that takes longer counts as dead and is done again; it normally takes milliseconds. */
const START_LEASE_S = 30;
const RETRIES = 1000;
/** Jobs requested within this time start together, and may share a pass. */
const POLL_S = 1;
const JOBS_A_START = 50;

const StartSchema = z.object({ jobId: z.string() });

export interface JobQueue {
  /**
   * Queues a job for its start; inside a transaction, once that commits.
   *
   * @param after - not before this instant
   */
  send(db: Queryable, jobId: string, after?: Date): Promise<void>;
  stop(): Promise<void>;
}

export interface QueueWork {
  /** Starts these jobs; a job that no longer waits is left alone. */
  readonly start: (jobIds: readonly string[]) => Promise<void>;
  /**
   * A scheduled re-scan is due.
   *
   * @param occasion - the same if this is tried again
   */
  readonly onSchedule: (occasion: string) => Promise<void>;
  readonly trim: () => Promise<void>;
  readonly schedule: { readonly cron: string; readonly timeZone: string } | null;
}

/** Opens the queue. Without `work` this process only queues jobs. */
export async function openJobQueue(
  store: Pick<Store, 'pool'>,
  options: { work?: QueueWork; onError: (error: Error) => void },
): Promise<JobQueue> {
  const works = options.work !== undefined;
  const boss = new PgBoss({
    db: executorOf(store.pool),
    supervise: works,
    schedule: works,
    maintenanceIntervalSeconds: START_LEASE_S / 2,
  });
  boss.on('error', options.onError);
  await boss.start();
  const queue = { expireInSeconds: START_LEASE_S, retryLimit: RETRIES, retryDelay: 1, retryBackoff: false };
  for (const name of [START, NIGHTLY, TRIM]) await boss.createQueue(name, { name, ...queue });
  if (options.work !== undefined) await takeWork(boss, options.work);
  return {
    send: async (db, jobId, after) => {
      await boss.send(
        START,
        { jobId },
        { db: executorOf(db), ...(after === undefined ? {} : { startAfter: after }) },
      );
    },
    stop: () => boss.stop({ graceful: true, wait: true, close: false, timeout: 5000 }),
  };
}

async function takeWork(boss: PgBoss, work: QueueWork): Promise<void> {
  const poll = { pollingIntervalSeconds: POLL_S };
  await boss.work(START, { ...poll, batchSize: JOBS_A_START }, async (jobs) => {
    await work.start(jobs.map(({ data }) => StartSchema.parse(data).jobId));
  });
  await boss.work(NIGHTLY, poll, async (jobs) => {
    for (const { id } of jobs) await work.onSchedule(id);
  });
  await boss.work(TRIM, poll, () => work.trim());
  await boss.schedule(TRIM, TRIM_CRON);
  if (work.schedule === null) await boss.unschedule(NIGHTLY);
  else await boss.schedule(NIGHTLY, work.schedule.cron, {}, { tz: work.schedule.timeZone });
}

/** Lets pg-boss use our own connections: they find the server after it has moved. */
function executorOf(db: Queryable): PgBoss.Db {
  return {
    executeSql: async (text, values) => {
      try {
        const { rows } = await db.query(text, values);
        return { rows };
      } catch (error) {
        throw toError(error);
      }
    },
  };
}
