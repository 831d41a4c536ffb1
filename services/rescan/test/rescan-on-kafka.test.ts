import { TOPICS } from '@leakwatch/contracts';
import { createKafkaEventLog, ensureTopics } from '@leakwatch/event-log/kafka';
import { itNeedsLocalKafka, startLocalKafka } from '@leakwatch/event-log/testing';
import { describe, expect, vi } from 'vitest';
import { listRescanJobs } from '../jobs/queries/list-jobs.ts';
import { campaign, openScene, waitFor } from './support/scene.ts';
import { textFingerprint } from './support/stored-posts.ts';

// Five starts of a broker: a generous bound that only a hang reaches.
vi.setConfig({ testTimeout: 600_000 });

const KILLS = process.env['SOAK'] === undefined ? 2 : 5;
/** Enough for each kill to fall within the re-scan. */
const POSTS = 2400 * KILLS;
const EVERY = 200;

describe('a re-scan over Kafka', () => {
  itNeedsLocalKafka('ends complete though its broker is killed again and again', async () => {
    const kafka = await startLocalKafka();
    const connection = { brokers: kafka.brokers, clientId: 'rescan-test' };
    await ensureTopics(
      connection,
      TOPICS.map((topic) => ({ topic, partitions: 3, replicationFactor: 1, config: {} })),
    );
    const scene = await openScene({
      boundMs: 240_000,
      openLog: () => createKafkaEventLog({ ...connection, topics: TOPICS }),
    });
    try {
      for (let from = 0; from < POSTS; from += 1200) {
        const posts = Array.from({ length: 1200 }, (_, index) => from + index);
        await scene.keep(
          posts.map((n) =>
            textFingerprint({
              nativeId: `p${n}`,
              creatorId: `creator-${n % 31}`,
              text: n % EVERY === 0 ? 'soon: Quillon Ember' : 'coffee first',
            }),
          ),
        );
      }
      await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
      await scene.work({ LEAKWATCH_RESCAN_SHARE: '2' });
      const job = async () => (await listRescanJobs(scene.store.pool, { limit: 1 }))[0] ?? null;
      let place = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const moved = await waitFor(
          'the re-scan to move on',
          async () => {
            const found = await job();
            return found !== null && found.progress.done > place ? found : null;
          },
          240_000,
        );
        expect(moved.state).toBe('running');
        place = moved.progress.done;
        await kafka.kill9();
        await kafka.restart();
      }
      const ended = await scene.until((await job())!.id, 'finished');
      expect(ended.progress).toMatchObject({
        total: POSTS,
        done: POSTS,
        examined: POSTS,
        unreadable: 0,
        findings: { new: POSTS / EVERY },
      });
      const told = new Set((await scene.detections()).map(({ post }) => post.nativeId));
      expect(told.size).toBe(POSTS / EVERY);
    } finally {
      await scene.close();
      await kafka.stop();
    }
  });
});
