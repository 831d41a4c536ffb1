import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../decode/decode-image.ts';
import { listStills } from '../decode/list-stills.ts';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher } from '../index.ts';
import { animatedPng, multiPicture, plainStill } from './helpers/animations.ts';
import { pagesOf } from './helpers/documents.ts';
import { heicOfTwo, sequenceOfThree } from './helpers/foreign-files.ts';
import { bridge, streetScenes } from './helpers/pictures.ts';

const redsOf = (frames: readonly { data: Uint8Array }[], at = 0) => frames.map(({ data }) => data[at]!);

async function animation(reds: readonly number[], format: 'gif' | 'webp', delay?: number[]): Promise<Buffer> {
  const stills = await Promise.all(reds.map((red) => plainStill(red)));
  const joined = sharp(stills, { join: { animated: true } });
  const timing = delay === undefined ? {} : { delay };
  return format === 'gif'
    ? joined.gif(timing).toBuffer()
    : joined.webp({ lossless: true, ...timing }).toBuffer();
}

/** Three frames of one colour, 64 × 64, by libjxl's own tool. */
const JXL_OF_THREE =
  '/wpPBAFYUFwSCAigggAAcABLGIsVAJQfY4xx9y8gAQDAgEBAAAECAQ7AO5wMCAgykQoCAHQASxiLFQDUG2OMcXf3AhIAABBOEAAM' +
  'wD8gwdJtRA4ICDKRCgEAcABLGIsVANQfYzD2LyABACD1CwAgES4AQwewJsoC';

describe('the frames of a file', () => {
  it.each(['gif', 'webp'] as const)('are all looked at when a %s has few different ones', async (format) => {
    const { frames, notes, heightPx } = await decodeImage(
      await animation([0, 50, 100, 150, 200, 250], format),
      256,
    );
    expect(heightPx).toBe(64);
    expect(redsOf(frames).map((red) => Math.round(red / 50))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(notes).toEqual([]);
  });

  it('are looked at once when they repeat, and that is no loss to be noted', async () => {
    const reds = Array.from({ length: 40 }, (_, i) => (i === 17 ? 240 : 20));
    const { frames, notes } = await decodeImage(await animation(reds, 'gif'), 256);
    expect(redsOf(frames).map((red) => Math.round(red / 20))).toEqual([12, 1]);
    expect(notes).toEqual([]);
  });

  it('are chosen by change and time, with the last one; the others are counted and named', async () => {
    const reds = Array.from({ length: 30 }, (_, i) => (i * 37) % 251);
    const delay = reds.map((_, i) => (i === 8 ? 3000 : 20));
    const { frames, notes } = await decodeImage(await animation(reds, 'webp', delay), 256);
    expect(frames).toHaveLength(24);
    expect(redsOf(frames)).toContain(reds[8]);
    expect(redsOf(frames).at(-1)).toBe(reds[29]);
    expect(notes).toHaveLength(1);
    expect(notes[0]!.kind).toBe('unseen');
    const [, count, , numbers] = /^(\d+) of (30) frames or pages were not looked at: ([\d, ]+)$/.exec(
      notes[0]!.message,
    )!;
    const named = numbers!.split(', ').map(Number);
    expect(named).toHaveLength(Number(count));
    const seen = new Set(redsOf(frames));
    expect(named.filter((number) => seen.has(reds[number - 1]!))).toEqual([]);
  });

  it('are read to the last one of a long animation, and those between are named', async () => {
    const reds = Array.from({ length: 130 }, (_, i) => (i === 129 ? 240 : 20 + (i % 2) * 80));
    const { frames, notes } = await decodeImage(await animation(reds, 'gif'), 256);
    expect(redsOf(frames).map((red) => Math.round(red / 20))).toEqual([1, 5, 12]);
    expect(notes.map(({ message }) => message)).toEqual([
      '9 of 130 frames or pages were not looked at: 121, 122, 123, 124, 125, 126, 127, 128, 129',
    ]);
  });

  it('behind the first ones are looked at when they are shown for long', async () => {
    const reds = Array.from({ length: 130 }, (_, i) => (i === 125 ? 240 : 20 + (i % 2) * 80));
    const delay = reds.map((_, i) => (i === 125 ? 4000 : 40));
    const { frames, notes } = await decodeImage(await animation(reds, 'gif', delay), 256);
    expect(frames.map(({ number }) => number)).toContain(126);
    expect(notes.map(({ message }) => message)).toEqual([
      '8 of 130 frames or pages were not looked at: 121, 122, 123, 124, 125, 127, 128, 129',
    ]);
  });

  it('of a long animated PNG are looked at to the last one', async () => {
    const reds = Array.from({ length: 130 }, (_, i) => (i === 129 ? 250 : 30));
    const { frames, notes } = await decodeImage(animatedPng(reds, 0, 64), 256);
    expect(frames.map(({ number }) => number)).toContain(130);
    expect(redsOf(frames)).toContain(250);
    expect(notes[0]?.message).toMatch(/^10 of 130 frames or pages were not looked at: 120, 121/);
  });

  it('that no decoder unpacks are told: an animation in JPEG XL, a sequence in AVIF', async () => {
    const jxl = await decodeImage(Buffer.from(JXL_OF_THREE, 'base64'), 256);
    expect(jxl.notes).toEqual([
      { kind: 'unseen', message: 'an animation: only its first frame was looked at' },
    ]);
    const { frames, notes } = await decodeImage(sequenceOfThree(), 256);
    expect(frames).toHaveLength(1);
    expect(notes).toEqual([
      { kind: 'unseen', message: 'a sequence of 3 frames: only its cover was looked at' },
    ]);
  });

  it('are shown up to the damage when an animation breaks off', async () => {
    const reds = Array.from({ length: 12 }, (_, i) => 10 + i * 20);
    const whole = await animation(reds, 'gif');
    const { frames, notes } = await decodeImage(whole.subarray(0, Math.floor(whole.length / 2)), 256);
    expect(frames.length).toBeGreaterThan(2);
    expect(redsOf(frames)).toEqual(reds.slice(0, frames.length));
    expect(notes.map(({ kind }) => kind)).toContain('partial');
  });

  it.each([
    ['kept', 0, 120],
    ['cleared', 1, 255],
    ['restored', 2, 10],
  ] as const)('of an animated PNG are laid on a canvas that is %s', async (_what, dispose, expected) => {
    const { frames, notes } = await decodeImage(animatedPng([10, 120, 230], dispose), 256);
    expect(redsOf(frames)).toEqual([10, 120, 230]);
    const beside = (24 * 64 + 24) * 3;
    expect(redsOf(frames, beside)).toEqual([10, 120, expected]);
    expect(notes).toEqual([]);
  });

  it('are the pages of a TIFF', async () => {
    const pages = await Promise.all([20, 130, 240].map((red) => plainStill(red)));
    const tiff = await sharp(pages, { join: { animated: true } })
      .tiff()
      .toBuffer();
    expect((await sharp(tiff).metadata()).pages).toBe(3);
    const { frames } = await decodeImage(tiff, 256);
    expect(redsOf(frames)).toEqual([20, 130, 240]);
  });

  it('are the first and the last page of a TIFF whose pages are very large', async () => {
    const picture = { format: 'tiff', bytes: new Uint8Array(), flaw: null } as const;
    const { stills, total } = await listStills(picture, { width: 10_000, height: 9000, pages: 5 }, 640);
    expect([stills.map(({ number }) => number), total]).toEqual([[1, 5], 5]);
  });

  it('are the second picture of a multi-picture JPEG, whatever its size', async () => {
    const [first, second] = await Promise.all(
      [bridge(), streetScenes()[0]!].map((picture, i) =>
        sharp(picture)
          .resize(300 + i * 100)
          .jpeg()
          .toBuffer(),
      ),
    );
    const both = multiPicture(first!, second!);
    const { frames, widthPx } = await decodeImage(both, 640);
    expect(widthPx).toBe(300);
    expect(frames.map(({ width }) => width)).toEqual([300, 400]);
    const broken = both.subarray(0, first!.length + 90);
    expect((await decodeImage(broken, 640)).frames).toHaveLength(1);
    const { notes } = await decodeImage(multiPicture(first!, second!, 26), 640);
    expect(notes[0]?.message).toBe('3 of 27 frames or pages were not looked at: 25, 26, 27');
  });
});

describe('an asset of several frames', () => {
  const BLACK = '1 of 4 frames or pages are hardly more than one shade and not registered: 1';
  const [first, later, last] = streetScenes().slice(2);

  /** Three photographs behind a black frame. */
  async function stills(): Promise<Buffer[]> {
    const black = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const scenes = [first!, later!, last!].map((scene) =>
      sharp(scene).resize(320, 240, { fit: 'fill' }).png().toBuffer(),
    );
    return [black, ...(await Promise.all(scenes))];
  }
  const joined = async () => sharp(await stills(), { join: { animated: true } });

  it.each([
    ['GIF', async () => (await joined()).gif().toBuffer(), 'same', [BLACK]],
    ['WebP', async () => (await joined()).webp().toBuffer(), 'same', [BLACK]],
    ['TIFF', async () => (await joined()).tiff().toBuffer(), 'same', [BLACK]],
    // On paper, a photograph is a part of the page, and a black one no empty page.
    ['PDF', async () => pagesOf(await stills()), 'part', []],
  ] as const)(
    'as %s is found by each frame that is leaked, which is named',
    async (format, make, wanted, left) => {
      const { data, warnings } = await fingerprintAsset(await make());
      expect(warnings.filter((warning) => !warning.startsWith('frame or page'))).toEqual(left);
      const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'teaser', data }]);
      expect([matcher.size, matcher.lookAlikes]).toEqual([1, []]);
      const foundIn = async (picture: Uint8Array) =>
        (await matcher.match((await fingerprintPost(picture)).data)).map(({ itemId, grade, how }) => [
          itemId,
          grade,
          how.find((one) => one.startsWith('asset-frame')),
        ]);
      if (format === 'GIF') {
        expect(await foundIn(await small(first!))).toEqual([['teaser', wanted, 'asset-frame-2']]);
        expect(await foundIn(await small(later!))).toEqual([['teaser', wanted, 'asset-frame-3']]);
      }
      expect(await foundIn(await small(last!))).toEqual([['teaser', wanted, 'asset-frame-4']]);
    },
  );

  it.each([
    ['HEIC', () => heicOfTwo(), bridge(), 1],
    ['multi-picture JPEG', async () => multiPicture(await small(bridge()), await small(later!)), later!, 2],
  ] as const)('as %s is found by a picture of it', async (_format, make, shown, number) => {
    const { data } = await fingerprintAsset(await make());
    const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'burst', data }]);
    const [match] = await matcher.match((await fingerprintPost(await small(shown))).data);
    expect(match?.how).toContain(`asset-frame-${number}`);
  });

  it('is found once in a copy of the whole file, and beside another asset with one of its frames', async () => {
    const gif = await (await joined()).gif().toBuffer();
    const items = [
      { campaignId: 'c', assetId: 'teaser', data: (await fingerprintAsset(gif)).data },
      { campaignId: 'c', assetId: 'key visual', data: (await fingerprintAsset(later!)).data },
    ];
    const matcher = compileImageMatcher(items);
    expect(matcher.lookAlikes).toEqual([['c/teaser', 'c/key visual']]);
    const post = (await fingerprintPost(gif)).data;
    const found = await matcher.match(post);
    expect(found.map(({ itemId }) => itemId).toSorted()).toEqual(['key visual', 'teaser']);
    const next = compileImageMatcher(items.slice(1), { previous: matcher });
    expect((await next.match(post)).map(({ itemId }) => itemId)).toEqual(['key visual']);
    const cleared = compileImageMatcher([{ ...items[0]!, isCleared: true }]);
    expect(await cleared.match(post)).toEqual([]);
  });
});

const small = (picture: Uint8Array) => sharp(picture).resize(400).jpeg().toBuffer();

describe('an asset in one frame', () => {
  it('is found in frame 11 of 24', async () => {
    const at = 11;
    const others = streetScenes();
    const asset = await fingerprintAsset(bridge());
    const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'bridge', data: asset.data }]);
    const frames = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        sharp(i === at ? bridge() : others[i % others.length]!)
          .resize(320, 200, { fit: 'fill' })
          .modulate(i === at ? {} : { hue: i * 15 })
          .png()
          .toBuffer(),
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ effort: 1 })
      .toBuffer();
    const matches = await matcher.match((await fingerprintPost(gif)).data);
    expect(matches.map(({ itemId }) => itemId)).toEqual(['bridge']);
  });

  it('is registered once when all its frames are of one shade', async () => {
    const { warnings } = await fingerprintAsset(await animation([0, 120, 240], 'gif'));
    expect(warnings).toEqual([
      expect.stringMatching(/^frame or page [123]: almost nothing to recognise/),
      expect.stringMatching(
        /^2 of 3 frames or pages are hardly more than one shade and not registered: [123], [123]$/,
      ),
    ]);
  });

  it('is registered with a warning of the frames that are not looked at', async () => {
    const { warnings } = await fingerprintAsset(Buffer.from(JXL_OF_THREE, 'base64'));
    expect(warnings[0]).toBe('of the registered file an animation: only its first frame was looked at');
  });
});
