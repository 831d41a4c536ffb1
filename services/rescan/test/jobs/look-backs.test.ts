import { addLookBacks } from '@leakwatch/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { campaign, openScene, type Scene } from '../support/scene.ts';
import { textFingerprint } from '../support/stored-posts.ts';
import { listRescanJobs } from '../../jobs/queries/list-jobs.ts';

const ID = 'abcdef012345';
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
  await scene.keep([
    textFingerprint({ nativeId: 'a', creatorId: 'ana', text: 'Quillon Ember' }),
    textFingerprint({ nativeId: 'b', creatorId: 'ben', text: 'Quillon Ember' }),
  ]);
});
afterEach(() => scene.close());

describe('a look back that alerting asks for', () => {
  it("becomes one re-scan of that creator's posts, whichever of several workers sees it first", async () => {
    const requestedAt = new Date();
    const since = new Date('2020-01-01T00:00:00.000Z');
    const lookBack = { id: ID, creatorId: 'ana', since, minConfidence: 0.35, requestedAt };
    await scene.store.transaction((tx) => addLookBacks(tx, [lookBack, lookBack]));
    await Promise.all([scene.work(), scene.work()]);

    const job = await scene.until(ID, 'finished');
    expect(job).toMatchObject({
      cause: 'look-back',
      request: { creators: ['ana'], since: since.toISOString(), minConfidence: 0.35, dryRun: false },
      progress: { examined: 1 },
    });
    const jobs = await listRescanJobs(scene.store.pool, { limit: 10 });
    expect(jobs.filter(({ cause }) => cause === 'look-back')).toHaveLength(1);
    const found = (await scene.detections()).filter(({ rescanJobId }) => rescanJobId === ID);
    expect(found.map(({ post }) => post.creatorId)).toEqual(['ana']);
  });
});
