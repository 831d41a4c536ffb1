import { alertId } from '@leakwatch/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listSilences } from '../../judge/queries/list-silences.ts';
import { listSuppressions } from '../../judge/queries/list-suppressions.ts';
import { detection, PUBLISHED_AT, type DetectionTraits } from '../support/detections.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { endSilence } from '../../desk/queries/end-silence.ts';
import { silence, type SilenceRequest } from '../../desk/silences.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
});
beforeEach(() => scene.clear());
afterAll(() => scene.close());

const HOUR = 3_600_000;
const hours = (n: number) => new Date(Date.parse(PUBLISHED_AT) + n * HOUR);
const hush = (matcher: SilenceRequest['matcher'], from = hours(-1), until = hours(1)) =>
  silence(scene.store, { matcher, startsAt: from, endsAt: until, reason: 'a planned reel', by: 'ana' });

describe('a silence', () => {
  it.each<[string, SilenceRequest['matcher']]>([
    ['its creator', { creatorId: 'mara' }],
    ['its campaign', { campaignId: 'aurora' }],
    ['its item', { itemId: 'codename' }],
    ['its tier', { tier: 1 }],
    ['all of it', { creatorId: 'mara', campaignId: 'aurora', itemId: 'codename', tier: 1 }],
  ])('about %s keeps a post from raising an alert, and why is kept', async (_name, matcher) => {
    const { id } = await hush(matcher);
    const one = detection();
    await scene.detect(one);
    expect(await scene.alerts()).toEqual([]);
    expect(await listSuppressions(scene.store.pool, one.post.id)).toMatchObject([
      { reason: 'silenced', detail: `silence ${id} by ana until ${hours(1).toISOString()}: a planned reel` },
    ]);
  });

  it.each<[string, SilenceRequest['matcher'], DetectionTraits]>([
    ['of somebody else', { creatorId: 'nils' }, {}],
    ['of the same creator for another campaign', { creatorId: 'mara', campaignId: 'evergreen' }, {}],
    ['before it', { creatorId: 'mara' }, { publishedAt: hours(-1.01).toISOString() }],
    ['at its very end', { creatorId: 'mara' }, { publishedAt: hours(1).toISOString() }],
  ])('says nothing of a post %s', async (_name, matcher, traits) => {
    await hush(matcher);
    await scene.detect(detection(traits));
    expect(await scene.alerts()).toHaveLength(1);
  });

  it('goes by when a post was published, so that what comes late is judged alike', async () => {
    const made = await hush({ creatorId: 'mara' }, hours(-2), hours(-1));
    expect(made.endsAt < new Date()).toBe(true);
    await scene.detect({
      ...detection({ nativeId: 'late', publishedAt: hours(-1.5).toISOString() }),
      rescanJobId: 'job',
    });
    expect(await scene.alerts()).toEqual([]);
  });

  it('that is ended is over at once, and what it had silenced can be found again', async () => {
    const { id } = await hush({ creatorId: 'mara' }, hours(-1), hours(9));
    await scene.detect(detection());
    await endSilence(scene.store.pool, id, { by: 'ben', at: hours(-0.5) });
    expect(await listSilences(scene.store.pool)).toMatchObject([{ id, endedBy: 'ben', endsAt: hours(-0.5) }]);
    expect(await endSilence(scene.store.pool, id, { by: 'ben', at: hours(1) })).toBeNull();
    await scene.detect(detection());
    expect((await scene.alerts()).map(({ id: alert }) => alert)).toEqual([alertId('mara', 'aurora', 1)]);
  });

  it('is refused where it is about everything, gives no reason, or ends before it begins or too late', async () => {
    await expect(hush({})).rejects.toThrow('would hide every leak');
    await expect(hush({ creatorId: 'mara' }, hours(1), hours(0))).rejects.toMatchObject({
      code: 'bad-silence',
    });
    await expect(hush({ creatorId: 'mara' }, hours(0), hours(24 * 400))).rejects.toThrow('within a year');
    const nameless = { matcher: { tier: 1 as const }, startsAt: null, endsAt: hours(1e6), by: 'ana' };
    await expect(silence(scene.store, { ...nameless, reason: ' ' }, () => hours(1e6 - 1))).rejects.toThrow(
      'needs a reason',
    );
    await expect(
      scene.store.pool.query(
        `INSERT INTO silence (starts_at, ends_at, reason, made_by, made_at) VALUES (now(), now(), 'r', 'b', now())`,
      ),
    ).rejects.toMatchObject({ sqlState: '23514' });
  });
});
