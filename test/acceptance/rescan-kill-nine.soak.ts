import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { TOPICS, type RegisteredCampaign } from '@leakwatch/contracts';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { listRescanJobs, type RescanJob } from '@leakwatch/rescan';
import { openStore, saveWatchList, type Store } from '@leakwatch/store';
import { describe, expect, it } from 'vitest';
import { textFingerprint } from '../../services/rescan/test/support/stored-posts.ts';
import { startLeakwatch, type LeakwatchProcess } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { waitFor } from '../harness/wait-for.ts';

const KILLS = 5;
/** Enough for each kill to fall within the re-scan. */
const POSTS = 12_000 * KILLS;
const APPEND = 1000;
const EVERY = 400;
const NAME = 'Quillon Ember';

const CAMPAIGN: RegisteredCampaign = {
  id: 'ember',
  name: 'Ember',
  sensitivity: 'normal',
  embargo: { liftsAt: '2099-01-01T00:00:00.000Z' },
  terms: [{ id: 'name', text: NAME }],
  assets: [],
  approvedPosts: [],
};

/** Stores posts from before the name was watched; every four-hundredth leaks it. */
async function fillHistory(store: Store): Promise<void> {
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
  });
  for (let from = 0; from < POSTS; from += APPEND) {
    const posts = Array.from({ length: APPEND }, (_, index) => from + index);
    await log.publish(
      posts.map((n) =>
        textFingerprint({
          nativeId: `p${n}`,
          creatorId: `creator-${n % 97}`,
          text: n % EVERY === 0 ? `soon: ${NAME}` : 'coffee first, then the long way round the harbour',
        }),
      ),
    );
  }
  await log.close();
}

/** Percent of a processor: slow enough to be killed on the way. */
const SLOW = '1';
const QUICK = '100';

function up(dataDir: string, share: string): LeakwatchProcess {
  return startLeakwatch(['up', '--data-dir', dataDir, '--ops-port', '0', '--webhook-port', '0'], {
    env: { LEAKWATCH_RESCAN_SHARE: share, LEAKWATCH_RESCAN_SETTLE_S: '0' },
  });
}

/**
 * Pid of the Postgres that follows the killed one. Backends of the killed one answer for a moment, and its pid file goes before
 * the next one comes.
 */
async function postmasterAfter(killed: number, dataDir: string): Promise<number> {
  let pid = killed;
  await waitFor('another Postgres', async () => {
    const file = await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').catch(
      (error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      },
    );
    // The file may still be empty while it is written.
    pid = Number(file?.split('\n', 1)[0] ?? '') || killed;
    return pid !== killed;
  });
  return pid;
}

describe('kill -9 within a re-scan', () => {
  it(
    'of its worker and of Postgres again and again: it ends complete, each leak in one alert',
    { timeout: 600_000 },
    async () => {
      const dataDir = await temporaryFolder();
      const store = await openStore({ dataDir });
      await fillHistory(store);
      await store.transaction((tx) => saveWatchList(tx, { campaigns: [CAMPAIGN], creators: [] }));

      const job = async (): Promise<RescanJob | null> =>
        (await listRescanJobs(store.pool, { limit: 1 }))[0] ?? null;
      /** Null while the database is away. */
      const progress = () =>
        job().then(
          (found) => found?.progress ?? null,
          () => null,
        );
      const movedFrom = (place: number) =>
        waitFor('the re-scan to move on', async () => ((await progress())?.done ?? 0) > place);
      let place = 0;

      for (let kill = 0; kill < KILLS; kill += 1) {
        const running = up(dataDir, SLOW);
        await movedFrom(place);
        await sleep(50 * kill);
        running.kill('SIGKILL');
        expect(await running.ended).toBe('SIGKILL');
        const found = await job();
        expect(found).toMatchObject({ state: 'running' });
        place = found!.progress.done;
      }

      const survivor = up(dataDir, SLOW);
      let killed = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const postmaster = await postmasterAfter(killed, dataDir);
        await movedFrom(place);
        const before = await progress();
        expect(before!.done).toBeLessThan(before!.total);
        place = before!.done;
        process.kill(postmaster, 'SIGKILL');
        killed = postmaster;
      }
      survivor.kill('SIGTERM');
      expect(await survivor.ended).toBe(0);

      const last = up(dataDir, QUICK);
      await waitFor('the re-scan to end', async () => {
        const found = await job().catch(() => null);
        return found?.state === 'finished';
      });
      const planted = Array.from({ length: POSTS / EVERY }, (_, n) => `p${n * EVERY}`).sort();
      const occurrences = async () =>
        (await listAlerts(store.pool, { limit: 10_000 })).flatMap(({ occurrences: inAlert }) =>
          inAlert.map(({ detection }) => detection.post.nativeId),
        );
      await waitFor(
        'alerting to have all of them',
        async () => (await occurrences()).length >= planted.length,
      );
      expect((await occurrences()).sort()).toEqual(planted);
      const ended = await job();
      expect(ended!.progress).toMatchObject({
        total: POSTS,
        done: POSTS,
        examined: POSTS,
        unreadable: 0,
        findings: { new: planted.length, suppressed: 0, known: 0, removed: 0 },
      });

      last.kill('SIGTERM');
      expect(await last.ended).toBe(0);
      await store.close();
    },
  );
});
