import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compileImageMatcher, LEAK_WAYS, type LeakWay } from '../index.ts';
import { decodeImage } from '../decode/decode-image.ts';
import { fingerprintAsset } from '../fingerprint/fingerprint-image.ts';
import { leakAsset } from '../trial/leak-asset.ts';
import { leakPicture } from '../trial/leak-picture.ts';
import { sky } from './helpers/leaks.ts';
import { bridge } from './helpers/pictures.ts';

async function missedOf(picture: Uint8Array): Promise<LeakWay[]> {
  const { data } = await fingerprintAsset(picture);
  const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'a', data }]);
  const missed: LeakWay[] = [];
  const tried = new Set<LeakWay>();
  for (const copy of await leakAsset(picture)) {
    tried.add(copy.way);
    const found = await matcher.match(copy.data);
    if (!found.some(({ grade }) => grade !== 'same-layout')) missed.push(copy.way);
  }
  expect([...tried]).toEqual([...LEAK_WAYS]);
  return [...new Set(missed)];
}

describe('a trial', () => {
  it('finds a photograph with much detail in nearly all of its leaks, and a sky in few', async () => {
    expect(await missedOf(bridge())).toEqual([]);
    expect((await missedOf(await sky())).length).toBeGreaterThan(LEAK_WAYS.length / 2);
  });

  it('leaks a picture the same way each time', async () => {
    const [frame] = (await decodeImage(bridge(), 400)).frames;
    const digests = async () => {
      const files = (await Promise.all(LEAK_WAYS.map((way) => leakPicture(frame!, way)))).flat();
      return files.map((file) => createHash('sha256').update(file).digest('hex'));
    };
    const first = await digests();
    expect(await digests()).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
  });
});
