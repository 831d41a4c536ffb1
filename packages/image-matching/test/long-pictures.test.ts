import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../decode/decode-image.ts';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher } from '../index.ts';
import { bridge } from './helpers/pictures.ts';

const WIDTH = 400;

async function strip(length: number, at: number, isTall: boolean): Promise<Buffer> {
  const input = await sharp(bridge()).resize(WIDTH, 250).toBuffer();
  const [width, height] = isTall ? [WIDTH, length] : [length, 250];
  return sharp({ create: { width, height, channels: 3, background: '#f0f0f0' } })
    .composite([{ input, left: isTall ? 0 : at, top: isTall ? at : 0 }])
    .jpeg()
    .toBuffer();
}

describe('a very long picture', () => {
  it.each([
    ['tall', 4000, 2450, true],
    ['wide', 3000, 2500, false],
  ] as const)(
    'that is %s is found by the asset it holds, at its place',
    async (_what, length, at, isTall) => {
      const asset = await fingerprintAsset(bridge());
      const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'bridge', data: asset.data }]);
      const matches = await matcher.match((await fingerprintPost(await strip(length, at, isTall))).data);
      expect(matches.map(({ itemId }) => itemId)).toEqual(['bridge']);
      const corner = matches[0]!.region![0]![isTall ? 1 : 0];
      expect(Math.abs(corner - at / length)).toBeLessThan(0.01);
    },
  );

  it('is cut into tiles that overlap and cover it', async () => {
    const { frames, tiles, notes } = await decodeImage(await strip(4000, 0, true), 640);
    expect(frames).toHaveLength(1);
    expect(notes).toEqual([]);
    expect(tiles[0]!.place.top).toBe(0);
    expect(tiles.at(-1)!.place.bottom).toBe(1);
    tiles.slice(1).forEach(({ place }, i) => {
      expect(tiles[i]!.place.bottom - place.top).toBeGreaterThanOrEqual(WIDTH / 4000 - 0.001);
    });
  });

  it('says how much of it was looked at in small only', async () => {
    const { tiles, notes } = await decodeImage(
      await sharp({ create: { width: 20, height: 20 * 48, channels: 3, background: '#aabbcc' } })
        .png()
        .toBuffer(),
      640,
    );
    expect(tiles.at(-1)!.place.bottom).toBeCloseTo(0.5, 2);
    expect(notes).toEqual([
      {
        kind: 'unseen',
        message: 'the last 50 % of a picture 48 times as long as wide were looked at in small only',
      },
    ]);
  });

  it('is registered with a warning', async () => {
    const { warnings } = await fingerprintAsset(await strip(4000, 0, true));
    expect(warnings[0]).toMatch(/^a very long picture/);
  });
});
