/** Fingerprints that earlier versions packed (earlier/README.md) are matched as far as they go. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileImageMatcher, IMAGE_ENGINE, isReadableEngine } from '../index.ts';
import { bridge } from './helpers/pictures.ts';
import { fingerprintPost } from '../fingerprint/fingerprint-image.ts';

const read = (name: string) => readFileSync(new URL(`earlier/${name}.bin`, import.meta.url));
const VERSIONS = [4, 5, 6, 7];
/** From this version on, both sides have rasters. */
const WITH_RASTERS = 6;

const pairs = VERSIONS.flatMap((asset) => VERSIONS.map((post) => ({ asset, post })));

describe.each(pairs)('an asset of version $asset and a post of version $post', ({ asset, post }) => {
  const matcher = compileImageMatcher([
    { campaignId: 'c', assetId: 'page', data: read(`image-${asset}-asset`) },
  ]);
  const found = async (data: Uint8Array) =>
    (await matcher.match(data)).map(({ itemId, grade, confidence }) => ({
      itemId,
      grade,
      isSure: confidence > 0.8,
    }));

  it('tell the leak', async () => {
    expect(await found(read(`image-${post}-leak`))).toEqual([
      { itemId: 'page', grade: 'same', isSure: true },
    ]);
  });

  it('tell a sibling from the asset if both have rasters', async () => {
    const canTell = Math.min(asset, post) >= WITH_RASTERS;
    expect(await found(read(`image-${post}-sibling`))).toEqual([
      { itemId: 'page', grade: canTell ? 'same-layout' : 'same', isSure: !canTell },
    ]);
  });

  it('tell nothing of another picture', async () => {
    expect(await found((await fingerprintPost(bridge())).data)).toEqual([]);
  });
});

it('the newest version stands among them, and older ones are named as not readable', () => {
  expect(IMAGE_ENGINE).toBe(`image/${VERSIONS.at(-1)}`);
  expect(VERSIONS.map((version) => `image/${version}`).filter((engine) => !isReadableEngine(engine))).toEqual(
    [],
  );
  expect(['image/3', 'image/99', 'text/4', ''].filter(isReadableEngine)).toEqual([]);
});
