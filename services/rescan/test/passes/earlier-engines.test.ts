/** History and watch lists from before an upgrade of the image engine, with fingerprints that earlier versions made. */
import { readFileSync } from 'node:fs';
import { type RegisteredAsset } from '@leakwatch/contracts';
import { saveBlob } from '@leakwatch/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { campaign, openScene, type Scene } from '../support/scene.ts';
import { imageFingerprint } from '../support/stored-posts.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const EARLIER = new URL('../../../../packages/image-matching/test/earlier/', import.meta.url);
const base64 = (file: string) => readFileSync(new URL(file, EARLIER)).toString('base64');
const post = (nativeId: string, engine: string, data: string) =>
  imageFingerprint({
    ...{ nativeId, engine },
    images: [{ mediaIndex: 0, sha256: 'e'.repeat(64), widthPx: 500, heightPx: 500, data }],
  });
const watched = (engine: string, fingerprint: string, sha256 = 'a'.repeat(64)) => {
  const asset: RegisteredAsset = { ...{ id: 'page', file: 'page.png', sha256 }, engine, fingerprint };
  return [{ ...campaign('ember', {}), assets: [asset] }];
};
const found = async () =>
  (await scene.detections()).map(({ post: { nativeId }, evidence }) => [nativeId, evidence.grade]).toSorted();

it('matches old fingerprints that can be read, though the picture of the asset is gone; counts the others', async () => {
  await scene.keep([
    post('of 4', 'image/4', base64('image-4-leak.bin')),
    post('of 5', 'image/5', base64('image-5-leak.bin')),
    post('of 6', 'image/6', base64('image-6-leak.bin')),
    post('of 3', 'image/3', 'AAAA'),
  ]);
  await scene.work({ LEAKWATCH_RESCAN_SETTLE_S: '3600' });
  await scene.watch(watched('image/4', base64('image-4-asset.bin')));
  const job = await scene.until(await scene.ask({ sinceVersion: 'image/99' }), 'finished');
  expect(job.progress).toMatchObject({ examined: 4, unreadable: 1, findings: { new: 3, removed: 0 } });
  expect(await found()).toEqual([
    ['of 4', 'same'],
    ['of 5', 'same'],
    ['of 6', 'same'],
  ]);
});

it("makes an asset's fingerprint again from its stored picture, once", async () => {
  await scene.keep([post('sibling', 'image/6', base64('image-6-sibling.bin'))]);
  await scene.work({ LEAKWATCH_RESCAN_SETTLE_S: '3600' });
  const picture = readFileSync(new URL('asset.png', EARLIER));
  const sha256 = await saveBlob(scene.store.pool, { bytes: picture, mime: 'image/png' });
  // Version 3 is not read; this one's own grade tells that the new fingerprint has all that it needs.
  await scene.watch(watched('image/3', 'AAAA', sha256));
  await scene.until(await scene.ask({ dryRun: true }), 'finished');
  await scene.store.pool.query('DELETE FROM blob WHERE sha256 = $1', [sha256]);
  await scene.until(await scene.ask({}), 'finished');
  expect(await found()).toEqual([['sibling', 'same-layout']]);
});
