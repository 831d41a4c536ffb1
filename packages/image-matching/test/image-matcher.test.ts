import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher, ImageError, type ImageItem, type ImageMatcher } from '../index.ts';
import { LEAKS, sky } from './helpers/leaks.ts';
import { bridge, edited, streetScenes } from './helpers/pictures.ts';

/** The bridge and seven street scenes, registered; their pictures by asset id. */
const pictures = new Map<string, Uint8Array>();
const items: ImageItem[] = [];
beforeAll(async () => {
  pictures.set('bridge', bridge());
  streetScenes().forEach((scene, i) => pictures.set(`street-${i}`, scene));
  for (const [assetId, picture] of pictures) {
    items.push({ campaignId: 'spring', assetId, data: (await fingerprintAsset(picture)).data });
  }
});

const fingerprint = async (picture: Uint8Array) => (await fingerprintPost(picture)).data;
const idsIn = async (matcher: ImageMatcher, post: Uint8Array) =>
  (await matcher.match(post)).map((match) => match.itemId).toSorted();

describe('an asset', () => {
  it.each(Object.entries(LEAKS))('is found when leaked %s', async (_how, leak) => {
    const matches = await compileImageMatcher(items).match(await fingerprint(await leak(bridge())));
    expect(matches.map((match) => match.itemId)).toEqual(['bridge']);
    expect(matches[0]!.confidence).toBeGreaterThan(0.6);
  });

  it('is looked for once in the same bytes, and again for another list', async () => {
    const post = await fingerprint(bridge());
    const matcher = compileImageMatcher(items);
    const matches = await matcher.match(post);
    expect(matches.map((match) => match.itemId)).toEqual(['bridge']);
    expect(await matcher.match(post)).toBe(matches);
    const others = compileImageMatcher(
      items.filter((item) => item.assetId !== 'bridge'),
      { previous: matcher },
    );
    expect(await others.match(post)).toEqual([]);
  });

  it('is not seen in other pictures', async () => {
    for (const [id, picture] of pictures) {
      const matcher = compileImageMatcher(items.filter((item) => item.assetId !== id));
      expect(await matcher.match(await fingerprint(picture))).toEqual([]);
    }
  });

  it('is said where it lies, how it is turned and how sure that is', async () => {
    const inCorner = await LEAKS['in a corner of another picture'](bridge());
    const [match] = await compileImageMatcher(items).match(await fingerprint(inCorner));
    const expected = [
      [0.54, 0.075],
      [0.96, 0.075],
      [0.96, 0.404],
      [0.54, 0.404],
    ];
    match!.region!.flat().forEach((share, i) => expect(share).toBeCloseTo(expected.flat()[i]!, 1));
    expect(match!.how[0]).toBe('features');
    const mirrored = await compileImageMatcher(items).match(
      await fingerprint(await LEAKS.mirrored(bridge())),
    );
    expect(mirrored[0]!.how).toEqual(expect.arrayContaining(['mirrored', 'features', 'region']));
  });

  it('is found in every turn of the picture, mirrored or not', async () => {
    const matcher = compileImageMatcher(items);
    const turns = fc.record({
      id: fc.constantFrom(...pictures.keys()),
      quarters: fc.integer({ min: 0, max: 3 }),
      mirrored: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(turns, async ({ id, quarters, mirrored }) => {
        const turned = await sharp(pictures.get(id)).flop(mirrored).png().toBuffer();
        const post = await fingerprint(
          await sharp(turned)
            .rotate(quarters * 90)
            .png()
            .toBuffer(),
        );
        expect(await idsIn(matcher, post)).toContain(id);
      }),
      { numRuns: 25 },
    );
  });

  it('is found in one frame of an animation', async () => {
    const frames = await Promise.all(
      streetScenes()
        .slice(0, 3)
        .concat(bridge())
        .map((picture) => sharp(picture).resize(320, 240, { fit: 'fill' }).png().toBuffer()),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .webp({ quality: 80 })
      .toBuffer();
    expect(await idsIn(compileImageMatcher(items), await fingerprint(animation))).toContain('bridge');
  });

  it('of two campaigns is found for both', async () => {
    const [first] = items;
    const matcher = compileImageMatcher([first!, { ...first!, campaignId: 'autumn' }]);
    const matches = await matcher.match(await fingerprint(bridge()));
    expect(matches.map((match) => match.campaignId).toSorted()).toEqual(['autumn', 'spring']);
  });

  it('may have a threshold of its own', async () => {
    const [first] = items;
    const strict = compileImageMatcher([{ ...first!, thresholds: { minConfidence: 0.995 } }]);
    expect(await strict.match(await fingerprint(await LEAKS['cropped to half'](bridge())))).toEqual([]);
    expect(await strict.match(await fingerprint(bridge()))).toHaveLength(1);
  });
});

describe('versions of the watch list', () => {
  it('know their own assets, whatever others come and go in the same indexes', async () => {
    const posts = new Map<string, Uint8Array>();
    for (const [id, picture] of pictures) posts.set(id, await fingerprint(picture));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray([...pictures.keys()]), { minLength: 2, maxLength: 5 }),
        async (history) => {
          const versions: { ids: string[]; matcher: ImageMatcher }[] = [];
          for (const ids of history) {
            const previous = versions.at(-1)?.matcher;
            const chosen = items.filter((item) => ids.includes(item.assetId));
            versions.push({
              ids,
              matcher: compileImageMatcher(chosen, previous === undefined ? {} : { previous }),
            });
          }
          for (const { ids, matcher } of versions) {
            for (const [id, post] of posts)
              expect(await idsIn(matcher, post)).toEqual(ids.includes(id) ? [id] : []);
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('assets that are hard to tell apart', () => {
  it('are named as a group, and each names the other in a match', async () => {
    const retouched = await edited(bridge(), (picture) =>
      picture.modulate({ saturation: 1.3, brightness: 1.05 }),
    );
    const twin = {
      campaignId: 'spring',
      assetId: 'bridge-retouched',
      data: (await fingerprintAsset(retouched)).data,
    };
    const matcher = compileImageMatcher([...items, twin]);
    expect(matcher.lookAlikes.map((group) => group.toSorted())).toEqual([
      ['spring/bridge', 'spring/bridge-retouched'],
    ]);
    const matches = await matcher.match(await fingerprint(await LEAKS.recompressed(bridge())));
    expect(matches.map((match) => match.itemId).toSorted()).toEqual(['bridge', 'bridge-retouched']);
    expect(matches.find((match) => match.itemId === 'bridge')!.how).toContain(
      'looks-like:spring/bridge-retouched',
    );
  });

  it('are told so at registration when they have no detail, and a photograph is not', async () => {
    expect((await fingerprintAsset(bridge())).warnings).toEqual([]);
    const { warnings } = await fingerprintAsset(await sky());
    expect(warnings.join()).toMatch(/distinct corners/);
  });
});

describe('a fingerprint', () => {
  it('of a post stays below 68 KiB', async () => {
    for (const picture of pictures.values()) {
      expect((await fingerprint(picture)).length).toBeLessThan(68 * 1024);
    }
  });

  it('that is damaged is refused by name or read as something, but never more', async () => {
    const post = await fingerprint(bridge());
    const matcher = compileImageMatcher(items);
    const damage = fc.record({
      at: fc.nat(post.length - 1),
      byte: fc.nat(255),
      cut: fc.option(fc.nat(post.length)),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, byte, cut }) => {
        const damaged = post.slice();
        // The first bytes hold counts and sizes, so half of the damage goes there.
        damaged[byte % 2 === 0 ? at : at % 50] = byte;
        const result = await matcher
          .match(cut === null ? damaged : damaged.subarray(0, cut))
          .catch((error: unknown) => error);
        if (result instanceof Error) {
          expect(result).toBeInstanceOf(ImageError);
          expect(result).toMatchObject({ reason: 'unreadable-fingerprint' });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("of an asset is not taken for a post's, nor one of another engine", async () => {
    const refused = { reason: 'unreadable-fingerprint' };
    await expect(compileImageMatcher([]).match(items[0]!.data)).rejects.toMatchObject(refused);
    const older = items[0]!.data.slice();
    older[1] = 1;
    expect(() => compileImageMatcher([{ ...items[0]!, data: older }])).toThrow(ImageError);
  });
});
