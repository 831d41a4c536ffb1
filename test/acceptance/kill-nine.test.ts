import { setTimeout as sleep } from 'node:timers/promises';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { createMockSource } from '@leakwatch/ingest';
import { openStore } from '@leakwatch/store';
import { describe, expect, it } from 'vitest';
import { startLeakwatch } from '../harness/run-leakwatch.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const SEED = 20260901;
const POSTS = 3000;
// Each point at which a process may die has a test of its own in test/delivery.
const KILLS = process.env['SOAK'] === undefined ? 1 : 5;

describe('kill -9 during `up` under the mock source at 200 posts/s', () => {
  it('leaves every planted leak with exactly one alert after a restart', { timeout: 300_000 }, async () => {
    const dataDir = await temporaryFolder();
    const args = ['up', '--data-dir', dataDir, '--source', 'mock', '--rate', '200', '--seed', String(SEED)];
    const ports = ['--ops-port', '0', '--webhook-port', '0', '--count', String(POSTS)];
    const random = seededRandom(SEED);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const running = startLeakwatch([...args, ...ports]);
      await running.untilSaid(/leakwatch is up/);
      await sleep(200 + random() * 2500);
      running.kill('SIGKILL');
      expect(await running.ended).toBe('SIGKILL');
    }
    const last = startLeakwatch([...args, ...ports]);
    await last.untilSaid(/source ended/);
    await last.untilSaid(/everything is through/);
    last.kill('SIGTERM');
    expect(await last.ended).toBe(0);

    const expected = new Set<string>();
    const mock = createMockSource({ seed: SEED, ratePerSecond: 200, count: POSTS });
    for (let n = 0; n < POSTS; n += 1) {
      const { postId, leaks } = mock.truthOf(n);
      for (const leak of leaks) expected.add(`${postId} ${leak.campaignId} ${leak.itemId}`);
    }
    const store = await openStore({ dataDir });
    const alerts = await listAlerts(store.pool, { limit: 100_000 });
    await store.close();
    const found = alerts.flatMap((alert) =>
      alert.occurrences.map(
        ({ detection }) => `${detection.post.nativeId} ${alert.campaignId} ${detection.evidence.itemId}`,
      ),
    );
    expect(expected.size).toBeGreaterThan(20);
    expect([...found].sort()).toEqual([...expected].sort());
  });
});
