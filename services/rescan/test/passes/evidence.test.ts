import { sha256Hex, type KeptPost } from '@leakwatch/contracts';
import { createImageEngine, IMAGE_ENGINE } from '@leakwatch/image-matching';
import { saveBlob } from '@leakwatch/store';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadKeptBytes } from '../../../alerting/desk/queries/evidence-list.ts';
import { campaign, openScene, type Scene } from '../support/scene.ts';
import { imageFingerprint, textFingerprint } from '../support/stored-posts.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const keptOf = async (nativeId: string): Promise<KeptPost | undefined> =>
  (await scene.detections()).find(({ post }) => post.nativeId === nativeId)?.kept;
const keptRecord = async (kept: KeptPost | undefined) =>
  loadKeptBytes(scene.store.pool, kept?.recordSha256 ?? '');
const keptMedia = async (kept: KeptPost | undefined): Promise<unknown[]> => {
  const answer: { rows: unknown[] } = await scene.store.pool.query(
    'SELECT media_index, sha256 FROM kept_media WHERE record_sha256 = $1',
    [kept?.recordSha256],
  );
  return answer.rows;
};

it('keeps what history has of a text before it tells of it, and nothing of a dry run', async () => {
  const leak = textFingerprint({ nativeId: 'a', text: 'Quillon Ember, and what was around it' });
  const innocent = textFingerprint({ nativeId: 'b', text: 'nothing special' });
  await scene.keep([leak, innocent]);
  await scene.work({ LEAKWATCH_RESCAN_SETTLE_S: '3600' });
  await scene.watch([campaign('ember', { name: 'Quillon Ember' })]);
  await scene.until(await scene.ask({ dryRun: true }), 'finished');
  expect((await scene.store.pool.query('SELECT 1 FROM kept_bytes')).rowCount).toBe(0);

  await scene.until(await scene.ask({}), 'finished');
  const kept = await keptOf('a');
  expect(kept).toEqual({ form: 'fingerprint', recordSha256: sha256Hex(leak.value) });
  expect(await keptRecord(kept)).toEqual(Buffer.from(leak.value));
  expect((await scene.store.pool.query('SELECT 1 FROM kept_bytes')).rowCount).toBe(1);
});

/** A photograph of nothing, with much detail; each differs. */
function photograph(width = 300, height = 300): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 120, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: 'white', noise } })
    .blur(6)
    .normalise()
    .jpeg()
    .toBuffer();
}

it('keeps the pictures that ingest had stored; of the others there are only hashes', async () => {
  const picture = await photograph();
  const engine = await createImageEngine({ workers: 1 });
  const { data } = await engine.register(picture);
  const seen = await engine.fingerprint(picture);
  await engine.close();
  const image = { widthPx: 300, heightPx: 300, data: Buffer.from(seen.data).toString('base64') };
  const sha256 = await saveBlob(scene.store.pool, { bytes: picture, mime: 'image/jpeg' });
  const fetched = 'f'.repeat(64);
  const leak = imageFingerprint({
    nativeId: 'a',
    images: [
      { ...image, mediaIndex: 0, sha256 },
      { ...image, mediaIndex: 1, sha256: fetched },
    ],
  });
  await scene.keep([leak]);
  await scene.work({ LEAKWATCH_RESCAN_SETTLE_S: '3600' });
  const fingerprint = Buffer.from(data).toString('base64');
  const asset = { id: 'render', file: 'render.jpg', sha256, engine: IMAGE_ENGINE, fingerprint };
  await scene.watch([{ ...campaign('ember', {}), assets: [asset] }]);
  await scene.until(await scene.ask({}), 'finished');
  const kept = await keptOf('a');
  expect(await keptRecord(kept)).toEqual(Buffer.from(leak.value));
  expect(await keptMedia(kept)).toEqual([{ media_index: 0, sha256 }]);
  expect(await loadKeptBytes(scene.store.pool, sha256)).toEqual(picture);
});

it('judges a picture beside the siblings of the one asset that it looks for, as live posts are', async () => {
  const posted = await photograph(600, 600);
  const other = await sharp(posted)
    .composite([{ input: await photograph(270, 600), left: 330, top: 0 }])
    .jpeg()
    .toBuffer();
  const engine = await createImageEngine({ workers: 1 });
  const [own, sibling] = [await engine.register(other), await engine.register(posted)];
  const seen = await engine.fingerprint(posted);
  await engine.close();
  const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');
  const image = {
    mediaIndex: 0,
    sha256: 'e'.repeat(64),
    widthPx: 600,
    heightPx: 600,
    data: base64(seen.data),
  };
  const asset = (id: string, data: Uint8Array) => ({
    ...{ id, file: `${id}.jpg`, sha256: id.padEnd(64, '0'), engine: IMAGE_ENGINE },
    fingerprint: base64(data),
  });
  await scene.keep([imageFingerprint({ nativeId: 'a', images: [image] })]);
  await scene.work({ LEAKWATCH_RESCAN_SETTLE_S: '3600' });
  await scene.watch([
    { ...campaign('ember', {}), assets: [asset('wanted', own.data)] },
    { ...campaign('last-year', {}), assets: [asset('sibling', sibling.data)] },
  ]);
  const items = [{ campaignId: 'ember', kind: 'asset' as const, itemId: 'wanted' }];
  await scene.until(await scene.ask({ items }), 'finished');
  const [found, ...others] = await scene.detections();
  expect(others).toEqual([]);
  expect(found?.evidence).toMatchObject({ itemId: 'wanted', grade: 'same-layout', confidence: 0.2 });
});
