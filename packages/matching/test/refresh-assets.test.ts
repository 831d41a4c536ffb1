import { type RegisteredAsset, type RegisteredCampaign } from '@leakwatch/contracts';
import { IMAGE_ENGINE, ImageError } from '@leakwatch/image-matching';
import { beforeEach, expect, it } from 'vitest';
import { AssetRefresher } from '../index.ts';

const asset = (id: string, engine: string): RegisteredAsset => ({
  ...{ id, file: `${id}.jpg`, sha256: id.padEnd(64, '0'), engine },
  fingerprint: Buffer.from(`${id} by ${engine}`).toString('base64'),
});
const campaignOf = (...assets: RegisteredAsset[]): RegisteredCampaign => ({
  ...{ id: 'ember', name: 'Ember', sensitivity: 'normal', terms: [], approvedPosts: [] },
  assets,
});
const namesIn = (campaigns: readonly RegisteredCampaign[]) =>
  campaigns.flatMap(({ assets }) =>
    assets.map(({ fingerprint }) => Buffer.from(fingerprint, 'base64').toString()),
  );

let asked: string[];
let gone: Set<string>;
let atOnce: number;
let most: number;
const tools = {
  loadPicture: (sha256: string) => Promise.resolve(gone.has(sha256) ? null : Buffer.from(sha256)),
  fingerprint: async (picture: Uint8Array) => {
    const name = Buffer.from(picture).toString();
    asked.push(name);
    most = Math.max(most, ++atOnce);
    await Promise.resolve();
    atOnce--;
    if (name.startsWith('b')) throw new ImageError('truncated', 'it is cut');
    return Buffer.from(`${name.replace(/0+$/, '')} again`);
  },
};
beforeEach(() => {
  [asked, gone, atOnce, most] = [[], new Set(), 0, 0];
});

it('makes older fingerprints of assets again, each once as long as the list names it', async () => {
  const refresher = new AssetRefresher();
  const list = [
    campaignOf(asset('a', 'image/4'), asset('c', IMAGE_ENGINE)),
    campaignOf(asset('a', 'image/4')),
  ];
  const made = await refresher.refresh(list, tools);
  expect(namesIn(made)).toEqual(['a again', `c by ${IMAGE_ENGINE}`, 'a again']);
  expect(made[0]!.assets.map(({ engine }) => engine)).toEqual([IMAGE_ENGINE, IMAGE_ENGINE]);
  const more = await refresher.refresh([...list, campaignOf(asset('d', 'image/5'))], tools);
  expect(namesIn(more)).toEqual([...namesIn(made), 'd again']);
  await refresher.refresh([campaignOf()], tools);
  expect(asked.map(([first]) => first)).toEqual(['a', 'd']);

  await refresher.refresh([campaignOf(asset('d', 'image/5'))], tools);
  await refresher.refresh(list, tools);
  expect(asked.map(([first]) => first)).toEqual(['a', 'd', 'a']);
});

it('holds a few pictures at once, however long the list is', async () => {
  const many = Array.from({ length: 50 }, (_, i) => asset(`a${i}x`, 'image/4'));
  await new AssetRefresher().refresh([campaignOf(...many)], tools);
  expect(asked).toHaveLength(50);
  expect(most).toBeLessThanOrEqual(4);
});

it('keeps an older one that can be read where the picture is gone or can not be read any more', async () => {
  gone.add(asset('a', '').sha256);
  const list = [campaignOf(asset('a', 'image/5'), asset('b', 'image/4'))];
  expect(await new AssetRefresher().refresh(list, tools)).toEqual(list);
});

it('refuses one that can not be read without its picture', async () => {
  gone.add(asset('a', '').sha256);
  const refresher = new AssetRefresher();
  await expect(refresher.refresh([campaignOf(asset('a', 'image/3'))], tools)).rejects.toThrow(
    'import the watch list again',
  );
  await expect(refresher.refresh([campaignOf(asset('b', 'image/3'))], tools)).rejects.toThrow(ImageError);
});
