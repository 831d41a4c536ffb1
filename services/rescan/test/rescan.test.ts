import { listRescanJobs } from '@leakwatch/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { campaign, openScene, waitFor, type Scene } from './support/scene.ts';
import { textFingerprint } from './support/stored-posts.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

/** Posts of three creators; every hundredth names Quillon Ember, every hundred and first Vantablanc Nine. */
function history(posts: number) {
  return Array.from({ length: posts }, (_, n) => {
    const name = n % 100 === 0 ? 'Quillon Ember' : n % 101 === 0 ? 'Vantablanc Nine' : 'nothing special';
    return textFingerprint({
      nativeId: `p${n}`,
      creatorId: `creator-${n % 3}`,
      text: `today: ${name}, more soon`,
    });
  });
}

/** The only job of that cause. */
async function jobOf(cause: string): Promise<string> {
  return waitFor(`a job of cause ${cause}`, async () => {
    const jobs = await listRescanJobs(scene.store.pool, { limit: 100 });
    return jobs.find((job) => job.cause === cause)?.id ?? null;
  });
}

describe('a change of the watch list', () => {
  it('has all of history scanned for just what changed', async () => {
    await scene.keep(history(1000));
    await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
    await scene.work();
    const first = await scene.until(await jobOf('watch-list'), 'finished');
    expect(first.progress).toMatchObject({
      total: 1000,
      done: 1000,
      examined: 1000,
      findings: { new: 10, suppressed: 0, known: 0, removed: 0 },
    });

    await scene.watch([
      campaign('ember', { name: 'Quillon Ember' }),
      campaign('vanta', { name: 'Vantablanc Nine' }),
    ]);
    const second = await waitFor('a second job', async () => {
      const jobs = await listRescanJobs(scene.store.pool, { limit: 100 });
      return jobs.find(({ id }) => id !== first.id)?.id ?? null;
    });
    const done = await scene.until(second, 'finished');
    expect(done.request.items).toEqual([{ campaignId: 'vanta', kind: 'term', itemId: 'name' }]);

    const found = await scene.detections();
    const numbers = Array.from({ length: 1000 }, (_, n) => n);
    const postsOf = (id: string) =>
      found
        .filter(({ evidence }) => evidence.campaignId === id)
        .map(({ post }) => Number(post.nativeId.slice(1)))
        .sort((a, b) => a - b);
    expect(postsOf('ember')).toEqual(numbers.filter((n) => n % 100 === 0));
    expect(postsOf('vanta')).toEqual(numbers.filter((n) => n % 101 === 0 && n % 100 !== 0));
    expect(found.every(({ rescanJobId }) => rescanJobId === first.id || rescanJobId === second)).toBe(true);
  });
});
