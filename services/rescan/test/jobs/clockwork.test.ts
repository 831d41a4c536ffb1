import { EventLogError } from '@leakwatch/event-log';
import PgBoss from 'pg-boss';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { campaign, openScene, waitFor, type Scene } from '../support/scene.ts';
import { textFingerprint } from '../support/stored-posts.ts';
import { listRescanJobs } from '../../jobs/queries/list-jobs.ts';

/** A cron expression counts minutes, and the queue checks the clock twice in each. */
const TWO_MINUTES_MS = 150_000;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ boundMs: TWO_MINUTES_MS });
  await scene.keep([textFingerprint({ nativeId: 'a', creatorId: 'ana', text: 'Quillon Ember' })]);
  await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
});
afterEach(() => scene.close());

describe('what comes by the clock', () => {
  it(
    'scans all of history when the schedule says so, once for several workers',
    async () => {
      const everyMinute = { LEAKWATCH_RESCAN_CRON: '* * * * *' };
      await Promise.all([scene.work(everyMinute), scene.work(everyMinute)]);
      const scheduled = await waitFor(
        'a job by schedule',
        async () => {
          const jobs = await listRescanJobs(scene.store.pool, { limit: 100 });
          const found = jobs.filter(({ cause }) => cause === 'schedule');
          return found.length > 0 ? found : null;
        },
        TWO_MINUTES_MS,
      );
      expect(scheduled).toHaveLength(1);
      const job = await scene.until(scheduled[0]!.id, 'finished');
      expect(job.request).toMatchObject({ dryRun: false });
      expect(job.progress).toMatchObject({ total: 1, examined: 1 });
    },
    2 * TWO_MINUTES_MS,
  );

  it('drops fingerprints that are older than they are kept, and no others', async () => {
    await scene.store.pool.query("UPDATE log_record SET appended_at = now() - interval '8 days'");
    await scene.keep([textFingerprint({ nativeId: 'b', creatorId: 'ana', text: 'Quillon Ember again' })]);
    await scene.work({ LEAKWATCH_FINGERPRINT_DAYS: '7' });
    await scene.until(await firstJob(), 'finished');
    await wakeTheTrim();
    await waitFor('what is old to be gone', async () => ((await texts())?.length === 1 ? true : null));
    expect(await texts()).toEqual(['Quillon Ember again']);
  });
});

async function firstJob(): Promise<string> {
  return waitFor('a job', async () => {
    const [job] = await listRescanJobs(scene.store.pool, { limit: 1 });
    return job?.id ?? null;
  });
}

/** Does what the queue's own clock does seventeen minutes past each hour. */
async function wakeTheTrim(): Promise<void> {
  const { pool } = scene.store;
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: (await pool.query(text, values)).rows }) },
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.send('rescan-trim', {});
  await boss.stop({ close: false });
}

/** The texts of all fingerprints that are kept; null if some are dropped while they are read. */
async function texts(): Promise<string[] | null> {
  const found: string[] = [];
  try {
    for await (const records of scene.log.replay({ topic: 'fingerprints' })) {
      for (const { value } of records) {
        const text = /"text":"([^"]*)"/.exec(Buffer.from(value).toString())?.[1];
        found.push(text ?? '');
      }
    }
  } catch (error) {
    if (error instanceof EventLogError && error.code === 'offset-trimmed') return null;
    throw error;
  }
  return found;
}
