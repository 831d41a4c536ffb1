import { sha256Hex, type Detection, type KeptPost } from '@leakwatch/contracts';
import { keepEvidenceBytes, keepEvidenceMedia } from '@leakwatch/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { detection } from '../support/detections.ts';
import { NOW, openScene, until, type Scene } from '../support/scene.ts';
import { forgetOldEvidence } from '../../desk/evidence/forget-evidence.ts';
import { holdEvidence, releaseEvidence } from '../../desk/evidence/hold-evidence.ts';
import { changeAlert } from '../../desk/moves/change-alert.ts';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { forgetKeptBytes } from '../../desk/queries/evidence-forget.ts';
import { placeEvidenceHold } from '../../desk/queries/evidence-hold.ts';
import { listEvidence, loadKeptBytes, type StoredEvidence } from '../../desk/queries/evidence-list.ts';

const DAY_MS = 24 * 3_600_000;
const after = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const RETENTION = { keepMs: 400 * DAY_MS, keepUnnamedMs: 90 * DAY_MS };

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.start();
});
beforeEach(async () => {
  await scene.clear();
  await scene.store.pool.query('DELETE FROM kept_media');
  await scene.store.pool.query('DELETE FROM kept_bytes');
});
afterAll(() => scene.close());

/** Keeps the record of a post as the matcher does, before it publishes a detection. */
async function keep(
  text: string,
  { form = 'post', media = [] }: { form?: KeptPost['form']; media?: string[] } = {},
) {
  const value = Buffer.from(JSON.stringify({ text }));
  const pictures = media.map((content) => Buffer.from(content));
  const inBytes = (bytes: Uint8Array, mime: string) => ({ sha256: sha256Hex(bytes), mime, bytes });
  await keepEvidenceBytes(scene.store.pool, [
    inBytes(value, 'application/json'),
    ...pictures.map((bytes) => inBytes(bytes, 'image/jpeg')),
  ]);
  const recordSha256 = sha256Hex(value);
  await keepEvidenceMedia(
    scene.store.pool,
    pictures.map((bytes, mediaIndex) => ({ recordSha256, mediaIndex, sha256: sha256Hex(bytes) })),
  );
  return { form, recordSha256 };
}

const withKept = (one: Detection, kept: KeptPost): Detection => ({ ...one, kept });
const theAlert = async () => (await scene.alerts())[0]!;
const evidence = async (): Promise<StoredEvidence[]> =>
  (await Promise.all((await scene.alerts()).map(({ id }) => listEvidence(scene.store.pool, id)))).flat();
const keptCount = async () => (await scene.store.pool.query('SELECT 1 FROM kept_bytes')).rowCount;
const forget = (days: number) => forgetOldEvidence(scene.store, RETENTION, after(days));
const confirm = (alertId: string) =>
  giveVerdict(scene.store, { alertId, verdict: 'confirmed', reason: 'r', givenBy: 'a' }, () => NOW);
/** Backdates the time at which the bytes were handed in. */
const age = (days: number) =>
  scene.store.pool.query(`UPDATE kept_bytes SET kept_at = now() - interval '${days} days'`);

describe('an occurrence', () => {
  it('rests on what was kept of its post, noted once, however often it is delivered', async () => {
    const one = withKept(detection(), await keep('the secret word', { media: ['a picture'] }));
    await scene.detect(one, one);
    await scene.detect(one);
    expect(await evidence()).toMatchObject([
      {
        detectionId: one.id,
        form: 'post',
        record: { sha256: one.kept?.recordSha256 },
        media: [{ mediaIndex: 0, sha256: sha256Hex('a picture'), mime: 'image/jpeg' }],
        preservedAt: NOW,
        collectedAt: new Date(one.post.observedAt),
      },
    ]);
  });

  it('of which nothing was kept rests on what the detection says', async () => {
    const lost = withKept(detection({ itemId: 'price' }), { form: 'post', recordSha256: 'f'.repeat(64) });
    await scene.detect(detection(), lost);
    const found = await evidence();
    expect(found.map(({ form, detectionId }) => [form, detectionId])).toEqual([
      ['detection', detection().id],
      ['detection', lost.id],
    ]);
    const bytes = await loadKeptBytes(scene.store.pool, found[0]!.record.sha256);
    expect(JSON.parse(Buffer.from(bytes!).toString())).toEqual(detection());
  });

  it('has the media that are kept with its post, whenever they came', async () => {
    const kept = await keep('the secret word');
    await scene.detect(withKept(detection(), kept));
    expect(await evidence()).toMatchObject([{ form: 'post', media: [] }]);
    await keep('the secret word', { media: ['a picture'] });
    // The bytes of the other one were never there.
    const lost = { recordSha256: kept.recordSha256, mediaIndex: 1, sha256: 'f'.repeat(64) };
    await keepEvidenceMedia(scene.store.pool, [lost]);
    const media = [{ mediaIndex: 0, sha256: sha256Hex('a picture') }];
    expect(await evidence()).toMatchObject([{ form: 'post', media }]);
  });

  it('that a re-scan finds has the whole post where it was kept for another, or suppressed', async () => {
    const whole = await keep('the secret word and the price');
    const history = await keep('the secret word and the price, as history has it', { form: 'fingerprint' });
    await scene.detect(withKept(detection(), whole), withKept(detection({ itemId: 'price' }), history));
    const weak = { nativeId: 'p2', creatorId: 'nils' };
    const later = await keep('another post');
    await scene.detect(withKept(detection({ ...weak, confidence: 0.1 }), later));
    await scene.detect(withKept(detection({ ...weak, itemId: 'price' }), history));
    await scene.detect(withKept(detection({ nativeId: 'p3', creatorId: 'leaky' }), history));
    const forms = new Map((await evidence()).map((one) => [one.detectionId, [one.form, one.record.sha256]]));
    expect(forms.get(detection({ itemId: 'price' }).id)).toEqual(['post', whole.recordSha256]);
    expect(forms.get(detection({ ...weak, itemId: 'price' }).id)).toEqual(['post', later.recordSha256]);
    expect(forms.get(detection({ nativeId: 'p3', creatorId: 'leaky' }).id)).toEqual([
      'fingerprint',
      history.recordSha256,
    ]);
  });
});

describe('evidence', () => {
  it('can not be changed, and bytes only be kept under their own hash', async () => {
    await scene.detect(withKept(detection(), await keep('the secret word', { media: ['a picture'] })));
    for (const change of [
      "UPDATE evidence SET preserved_at = now() - interval '1 year'",
      'UPDATE kept_media SET media_index = 7',
      "UPDATE kept_bytes SET bytes = 'other'",
    ]) {
      await expect(scene.store.pool.query(change)).rejects.toThrow(/evidence is not changed/);
    }
    await expect(scene.store.pool.query('DELETE FROM kept_bytes')).rejects.toThrow(/foreign key/);
    const false_ = { sha256: sha256Hex('this'), mime: 'text/plain', bytes: Buffer.from('that') };
    await expect(keepEvidenceBytes(scene.store.pool, [false_])).rejects.toThrow(/kept_bytes_check/);
  });

  it('is there while its alert is open, and so long after it was resolved', async () => {
    await scene.detect(withKept(detection(), await keep('the secret word', { media: ['a picture'] })));
    await age(5000);
    expect(await forget(5000)).toBe(false);
    expect(await evidence()).toHaveLength(1);

    const { id } = await theAlert();
    await confirm(id);
    expect(await forget(399)).toBe(false);
    expect(await evidence()).toHaveLength(1);
    expect(await forget(401)).toBe(true);
    expect(await evidence()).toEqual([]);
    // The media, which no evidence names any more.
    expect(await forget(401)).toBe(true);
    expect(await forget(401)).toBe(false);
    expect(await keptCount()).toBe(0);
    expect((await theAlert()).occurrences).toHaveLength(1);
  });

  it('stays while it is held', async () => {
    await scene.detect(withKept(detection(), await keep('the secret word')));
    const { id } = await theAlert();
    await confirm(id);
    await expect(holdEvidence(scene.store, id, { reason: ' ', by: 'a' })).rejects.toThrow(/a reason/);
    await holdEvidence(scene.store, id, { reason: 'in court', by: 'a' });
    await expect(holdEvidence(scene.store, id, { reason: 'again', by: 'a' })).rejects.toThrow(/held already/);
    expect(await forget(5000)).toBe(false);
    await releaseEvidence(scene.store, id, { by: 'a' });
    await expect(releaseEvidence(scene.store, id, { by: 'a' })).rejects.toThrow(/not held/);
    expect(await forget(5000)).toBe(true);
    expect(await evidence()).toEqual([]);
  });

  it('stays where the hold was placed while it was about to be let go of', async () => {
    await scene.detect(withKept(detection(), await keep('the secret word')));
    const { id } = await theAlert();
    await confirm(id);
    let forgetting: Promise<boolean> | undefined;
    await scene.store.transaction(async (tx) => {
      await placeEvidenceHold(tx, id, { reason: 'in court', by: 'a', at: NOW });
      forgetting = forget(5000);
      const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
      await until(async () => (await scene.store.pool.query(waits)).rowCount === 1);
    });
    expect(await forgetting).toBe(false);
    expect(await evidence()).toHaveLength(1);
  });

  it('of a duplicate stays as long as the alert that it is the same as', async () => {
    await scene.detect(withKept(detection(), await keep('one')));
    const other = { nativeId: 'p9', publishedAt: '2026-11-12T09:00:00.000Z' };
    await scene.detect(withKept(detection(other), await keep('two')));
    const [one, two] = await scene.alerts();
    const move = { change: 'merged', into: one!.id } as const;
    await changeAlert(scene.store, { alertId: two!.id, move, reason: 'the same', by: 'a' }, () => NOW);
    expect(await forget(5000)).toBe(false);
    await confirm(one!.id);
    expect(await forget(5000)).toBe(true);
    expect(await evidence()).toEqual([]);
  });
});

describe('bytes that no evidence names', () => {
  it('are deleted when they have not been handed in for long enough', async () => {
    const named = await keep('the secret word');
    await scene.detect(withKept(detection(), named));
    await keep('nobody made an alert of this');
    expect(await forgetKeptBytes(scene.store.pool, RETENTION.keepUnnamedMs)).toBe(0);
    await age(91);
    const again = await keep('nobody made an alert of this');
    expect(await forgetKeptBytes(scene.store.pool, RETENTION.keepUnnamedMs)).toBe(0);
    expect(await loadKeptBytes(scene.store.pool, again.recordSha256)).not.toBeNull();
    await age(91);
    expect(await forgetKeptBytes(scene.store.pool, RETENTION.keepUnnamedMs)).toBe(1);
    expect(await loadKeptBytes(scene.store.pool, named.recordSha256)).not.toBeNull();
  });
});
