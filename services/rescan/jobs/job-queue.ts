/**
 * The queue of jobs to be started, and the clock of those that come by schedule: pg-boss on the same Postgres
 * (docs/decisions/0501-job-queue.md). What a job is and how far it has come stands in our own tables; the queue only sees to it that each is
 * started, once, by whoever is up, and again where that one died.
 */
import { toError } from '@leakwatch/runtime';
import { type Queryable, type Store } from '@leakwatch/store';
import PgBoss from 'pg-boss';
import { z } from 'zod';

const START = 'rescan-start';
const NIGHTLY = 'rescan-schedule';
const TRIM = 'rescan-trim';

/** Hourly; a trim that finds nothing costs a few index reads. */
const TRIM_CRON = '17 * * * *';

/** A start that has not ended after so long is taken for dead and done again; it takes milliseconds. */
const START_LEASE_S = 30;
const RETRIES = 1000;
/** Jobs asked for within so long are started together, and may share a pass. */
const POLL_S = 1;
const JOBS_A_START = 50;

const StartSchema = z.object({ jobId: z.string() });

export interface JobQueue {
  /** Puts a job up for its start; with a transaction, once that is committed. @param after - not before this instant */
  send(db: Queryable, jobId: string, after?: Date): Promise<void>;
  stop(): Promise<void>;
}

export interface QueueWork {
  /** Starts these jobs; one that is not waiting any more is left alone. */
  readonly start: (jobIds: readonly string[]) => Promise<void>;
  /** It is time for a scheduled re-scan. @param occasion - the same where this is tried again */
  readonly onSchedule: (occasion: string) => Promise<void>;
  readonly trim: () => Promise<void>;
  readonly schedule: { readonly cron: string; readonly timeZone: string } | null;
}

/** Opens the queue. Without `work` this process only puts jobs up. */
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

/** pg-boss over our own connections: they know where the server is after it has moved. */
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
