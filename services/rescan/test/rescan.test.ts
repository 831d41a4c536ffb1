import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRescan, type RescanChange } from '../index.ts';
import { listRescanJobs } from '../jobs/queries/list-jobs.ts';
import { listRescanFindings } from '../passes/queries/list-findings.ts';
import { openAlertOf } from './support/known-alert.ts';
import { campaign, openScene, waitFor, type Scene } from './support/scene.ts';
import { imageFingerprint, textFingerprint } from './support/stored-posts.ts';

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

/** The only job with this cause. */
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

describe('a request', () => {
  const NIGHT = '2026-09-02T00:00:00.000Z';

  beforeEach(async () => {
    await scene.watch([
      campaign('ember', { name: 'Quillon Ember' }),
      campaign('vanta', { name: 'Vantablanc Nine' }),
    ]);
    await scene.keep([
      textFingerprint({ nativeId: 'a', creatorId: 'ana', text: 'Quillon Ember and Vantablanc Nine' }),
      textFingerprint({ nativeId: 'b', creatorId: 'ben', text: 'Quillon Ember', platform: 'other' }),
      textFingerprint({ nativeId: 'c', creatorId: 'ana', text: 'Quillon Ember', publishedAt: NIGHT }),
      textFingerprint({ nativeId: 'd', creatorId: 'cem', text: 'quillon embr' }),
      textFingerprint({ nativeId: 'e', creatorId: 'cem', text: 'nothing special' }),
    ]);
    // Leaves out the job of the first watch list.
    await scene.work();
    await scene.until(await jobOf('watch-list'), 'finished');
    await scene.store.pool.query('DELETE FROM rescan_finding');
  });

  it.each([
    ['everything', {}, ['a/ember', 'a/vanta', 'b/ember', 'c/ember', 'd/ember']],
    ['a campaign', { campaigns: ['vanta'] }, ['a/vanta']],
    [
      'an item',
      { items: [{ campaignId: 'ember', kind: 'term' as const, itemId: 'name' }], creators: ['ana'] },
      ['a/ember', 'c/ember'],
    ],
    ['a platform', { platforms: ['other'] }, ['b/ember']],
    ['posts since an instant', { since: NIGHT }, ['c/ember']],
    ['posts before an instant', { until: NIGHT, campaigns: ['ember'] }, ['a/ember', 'b/ember', 'd/ember']],
    ['sure findings', { minConfidence: 0.99, creators: ['cem'] }, []],
    ['images', { lanes: ['image' as const] }, []],
  ])('finds what it is for: %s', async (_what, request, expected) => {
    const id = await scene.ask(request);
    const job = await scene.until(id, 'finished');
    expect(job.progress.done).toBe(job.progress.total);
    const findings = await listRescanFindings(scene.store.pool, id, { limit: 100 });
    const found = findings.map(
      ({ detection: { post, evidence } }) => `${post.nativeId}/${evidence.campaignId}`,
    );
    expect(found.sort()).toEqual(expected);
  });

  it('raises no alert in a dry run, and keeps its findings', async () => {
    const before = (await scene.detections()).length;
    const job = await scene.until(await scene.ask({ dryRun: true }), 'finished');
    expect(job.progress.findings).toMatchObject({ new: 5 });
    expect(await scene.detections()).toHaveLength(before);
  });

  it('knows what is in an alert already, and does not find it again', async () => {
    const known = (await scene.detections()).find(({ post }) => post.nativeId === 'b');
    await openAlertOf(scene.store, known!);
    const before = (await scene.detections()).length;
    const job = await scene.until(await scene.ask({ platforms: ['other'] }), 'finished');
    expect(job.progress.findings).toEqual({ new: 0, suppressed: 0, known: 1, removed: 0 });
    expect(await scene.detections()).toHaveLength(before);
  });

  it('of what an older engine has scanned shows what would be added and what removed', async () => {
    const old = textFingerprint({ nativeId: 'old', text: 'Quillon Ember', engine: 'text/0' });
    await scene.keep([old]);
    const first = await scene.until(await scene.ask({ sinceVersion: 'text/1', dryRun: true }), 'finished');
    expect(first.progress).toMatchObject({ examined: 1, findings: { new: 1, removed: 0 } });

    // An alert has this finding of the post; today's engine does not find it.
    const [found] = await listRescanFindings(scene.store.pool, first.id, { limit: 1 });
    const { detection } = found!;
    const evidence = { ...detection.evidence, campaignId: 'vanta' };
    await openAlertOf(scene.store, { ...detection, id: '0'.repeat(64), evidence });
    // No re-scan reads two posts at once, so a name over both is not gone.
    const overPosts = { ...detection.evidence, how: ['split', 'over-posts'] };
    await openAlertOf(scene.store, { ...detection, id: '1'.repeat(64), evidence: overPosts });
    const second = await scene.until(await scene.ask({ sinceVersion: 'text/1' }), 'finished');
    expect(second.progress.findings).toEqual({ new: 1, suppressed: 0, known: 0, removed: 1 });
    const removed = await listRescanFindings(scene.store.pool, second.id, { standing: 'removed', limit: 9 });
    expect(removed.map(({ detection: { evidence: gone } }) => gone.campaignId)).toEqual(['vanta']);
  });

  it('counts what it can not read, and goes on', async () => {
    await scene.keep([
      { ...textFingerprint({ nativeId: 'x', text: 'Quillon Ember' }), value: Buffer.from('{"half":') },
      imageFingerprint({
        nativeId: 'y',
        engine: 'image/0',
        images: [{ mediaIndex: 0, sha256: '0'.repeat(64), widthPx: 1, heightPx: 1, data: 'AAAA' }],
      }),
    ]);
    const job = await scene.until(await scene.ask({}), 'finished');
    expect(job.progress).toMatchObject({ examined: 7, unreadable: 2, findings: { new: 5 } });
  });

  it('makes no sense with a campaign that is not watched, a range in the future, or none at all', async () => {
    await expect(scene.ask({ campaigns: ['gone'] })).rejects.toThrow('has no campaign `gone`');
    await expect(
      scene.ask({ items: [{ campaignId: 'ember', kind: 'asset', itemId: 'name' }] }),
    ).rejects.toThrow('has no asset `name` in campaign `ember`');
    await expect(scene.ask({ since: '2126-01-01T00:00:00Z' })).rejects.toThrow('begins in the future');
    await expect(scene.ask({ since: NIGHT, until: NIGHT })).rejects.toThrow('the range is empty');
    await expect(scene.ask({ sinceVersion: 'newest' })).rejects.toThrow('like text/3');
  });
});

describe('a job', () => {
  it('fails where its campaign is gone when it begins', async () => {
    await scene.watch([
      campaign('ember', { name: 'Quillon Ember' }),
      campaign('vanta', { name: 'Vantablanc Nine' }),
    ]);
    const id = await scene.ask({ campaigns: ['vanta'] });
    await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
    await scene.work();
    const job = await scene.until(id, 'failed');
    expect(job.error).toBe('version 2 of the watch list has no campaign `vanta`');
  });

  it('shares one reading of the log with others that begin with it', async () => {
    await scene.keep(history(600));
    await scene.watch([
      campaign('ember', { name: 'Quillon Ember' }),
      campaign('vanta', { name: 'Vantablanc Nine' }),
    ]);
    const [ember, vanta, both] = [
      await scene.ask({ campaigns: ['ember'] }),
      await scene.ask({ campaigns: ['vanta'], dryRun: true }),
      await scene.ask({ creators: ['creator-0'] }),
    ];
    await scene.work();
    const jobs = [];
    for (const id of [ember, vanta, both]) jobs.push(await scene.until(id, 'finished'));
    expect(new Set(jobs.map(({ passId }) => passId)).size).toBe(1);
    expect(jobs.map(({ progress }) => progress.findings.new)).toEqual([6, 5, 3]);
    const { values } = await scene.metrics.rescanRecords.get();
    // The first watch list's own job reads them once more.
    await scene.until(await jobOf('watch-list'), 'finished');
    expect(values[0]!.value % 600).toBe(0);
    // A finding of two jobs is told once, and a finding of the dry run alone never.
    const told = (await scene.detections()).filter(
      ({ rescanJobId }) => rescanJobId === ember || rescanJobId === both,
    );
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  it('rests while it is paused, goes on where it was, and ends where it is cancelled', async () => {
    await scene.keep(history(300));
    await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
    const [rests, ends] = [await scene.ask({}), await scene.ask({ creators: ['creator-1'] })];
    const change = (id: string, what: RescanChange) =>
      changeRescan(scene.store, scene.queue, id, what, new Date());
    await change(rests, 'pause');
    await change(ends, 'cancel');
    await scene.work();
    await scene.until(await jobOf('watch-list'), 'finished');
    expect((await scene.until(rests, 'paused')).progress.done).toBe(0);
    await expect(change(ends, 'resume')).rejects.toThrow(`re-scan ${ends} is cancelled: it can't be resumed`);
    await expect(change('nothing', 'pause')).rejects.toThrow('there is no re-scan `nothing`');
    await change(rests, 'resume');
    expect((await scene.until(rests, 'finished')).progress).toMatchObject({ done: 300, examined: 300 });
    expect((await scene.until(ends, 'cancelled')).progress.total).toBe(0);
  });

  it('is shared by workers, each fingerprint looked at once', async () => {
    await scene.keep(history(3000));
    await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
    await Promise.all([scene.work(), scene.work()]);
    const job = await scene.until(await jobOf('watch-list'), 'finished');
    expect(job.progress).toMatchObject({ done: 3000, examined: 3000, findings: { new: 30 } });
    expect(await scene.detections()).toHaveLength(30);
  });
});
