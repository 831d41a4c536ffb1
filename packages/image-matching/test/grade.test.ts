import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher, type ImageItem, type ImageMatcher } from '../index.ts';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { bridge } from './helpers/pictures.ts';

const SIDE = 800;

/** Draws an alphabet of shapes, so that no font is needed; each number gives other shapes in the same lines. */
function page(content: number): Buffer {
  let state = content * 7919 + 13;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const letter = (x: number, y: number, size: number) => {
    const strokes = Array.from({ length: 3 }, () => {
      const point = () => `${x + next(3) * size * 0.3} ${y + next(3) * size * 0.5}`;
      return `M${point()} L${point()}`;
    });
    return `<path d="${strokes.join(' ')}" stroke="#241a2c" stroke-width="${size / 7}" stroke-linecap="round"/>`;
  };
  const line = (y: number, size: number, letters: number) =>
    Array.from({ length: letters }, (_, i) =>
      next(6) === 0 ? '' : letter(120 + i * size * 0.85, y, size),
    ).join('');
  const lines = [0, 1, 2, 3].map((i) => line(330 + i * 60, 30, 18)).join('');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><rect width="${SIDE}" height="${SIDE}" fill="#f6f1e8"/><rect x="40" y="40" width="720" height="46" fill="#9c2748"/><path d="M620 650 l60 -90 l60 90 z M560 700 h180 v14 h-180 z M80 650 a40 40 0 1 0 80 0 a40 40 0 1 0 -80 0" fill="#1f6fb2"/><circle cx="200" cy="690" r="22" fill="#d98a1c"/>${line(170, 70, 9)}${lines}</svg>`,
  );
}

const picture = (content: number) => sharp(page(content)).png().toBuffer();
const asPost = async (bytes: Uint8Array) => (await fingerprintPost(bytes)).data;

async function withCaption(bytes: Buffer): Promise<Buffer> {
  const bar = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="90"><rect width="${SIDE}" height="90" fill="#101010"/><path d="M60 30 h120 v12 h-120 z M60 54 h300 v12 h-300 z M240 24 l30 40 l30 -40" fill="#fff" stroke="#fff"/></svg>`,
  );
  return sharp(bytes)
    .composite([{ input: bar, left: 0, top: 380 }])
    .jpeg()
    .toBuffer();
}

describe('a graphic', () => {
  let item: ImageItem;
  let matcher: ImageMatcher;
  beforeAll(async () => {
    item = { campaignId: 'c', assetId: 'page', data: (await fingerprintAsset(await picture(1))).data };
    matcher = compileImageMatcher([item]);
  });
  const gradesOf = async (bytes: Uint8Array) =>
    (await matcher.match(await asPost(bytes))).map(({ grade }) => grade);

  it('is graded as the same when it is leaked, small, tilted or under a caption', async () => {
    const asset = await picture(1);
    expect(await gradesOf(asset)).toEqual(['same']);
    expect(await gradesOf(await sharp(asset).resize(420).jpeg({ quality: 40 }).toBuffer())).toEqual(['same']);
    expect(await gradesOf(await sharp(asset).rotate(4, { background: '#776655' }).jpeg().toBuffer())).toEqual(
      ['same'],
    );
    expect(await gradesOf(await withCaption(asset))).toEqual(['same']);
  });

  it('is graded as a part when little more than half of it is there', async () => {
    const half = await sharp(await picture(1))
      .extract({ left: 0, top: 0, width: SIDE, height: 460 })
      .png()
      .toBuffer();
    expect(await gradesOf(half)).toEqual(['part']);
  });

  it('is graded as the same layout when other content stands in it, with little confidence', async () => {
    for (const other of [2, 3]) {
      const post = await asPost(
        await sharp(await picture(other))
          .jpeg()
          .toBuffer(),
      );
      const [match] = await matcher.match(post);
      expect(match).toMatchObject({ itemId: 'page', grade: 'same-layout', confidence: 0.2 });
      const strict = compileImageMatcher([{ ...item, thresholds: { sameLayoutCounts: true } }]);
      expect((await strict.match(post))[0]!.confidence).toBeGreaterThan(0.5);
    }
  });

  it('is not named where a registered sibling explains the picture better', async () => {
    const sibling = {
      campaignId: 'c',
      assetId: 'sibling',
      data: (await fingerprintAsset(await picture(2))).data,
      thresholds: { sameLayoutCounts: true },
    };
    const both = compileImageMatcher([item, sibling]);
    const small = await sharp(await picture(2))
      .resize(300)
      .jpeg({ quality: 40 })
      .toBuffer();
    const grades = new Map(
      (await both.match(await asPost(small))).map(({ itemId, grade }) => [itemId, grade]),
    );
    expect(grades.get('sibling')).toBe('same');
    expect(grades.get('page')).not.toBe('same');
  });

  it('yields to a public picture, and keeps what is its own', async () => {
    const cleared = {
      campaignId: 'c',
      assetId: 'published',
      data: (await fingerprintAsset(await picture(3))).data,
      isCleared: true,
    };
    const strict = { ...item, thresholds: { sameLayoutCounts: true } };
    const [alone, beside] = [compileImageMatcher([strict]), compileImageMatcher([strict, cleared])];
    // The foot of the page is the same in all of its siblings: nothing there is the asset's own.
    const foot = await asPost(
      await sharp(await picture(3))
        .extract({ left: 0, top: 530, width: SIDE, height: SIDE - 530 })
        .png()
        .toBuffer(),
    );
    expect((await alone.match(foot)).map(({ itemId, grade }) => [itemId, grade])).toEqual([['page', 'part']]);
    expect((await beside.match(foot)).map(({ itemId, grade }) => [itemId, grade])).toEqual([
      ['page', 'same-layout'],
    ]);
    for (const leak of [await picture(1), await withCaption(await picture(1))]) {
      const found = await beside.match(await asPost(leak));
      expect(found.map(({ itemId, grade }) => [itemId, grade])).toEqual([['page', 'same']]);
    }
    expect(await compileImageMatcher([cleared]).match(await asPost(await picture(3)))).toEqual([]);
    const secret = { ...cleared, campaignId: 'other', isCleared: false };
    expect(await compileImageMatcher([cleared, secret]).match(await asPost(await picture(3)))).toEqual([]);
  });
});

describe('a photograph', () => {
  it('with another QR code is another picture; with its own, small, tilted or covered, it stays the same', async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
    const { buffer } = new Uint8Array(await readFile(wasm));
    await prepareZXingModule({ overrides: { wasmBinary: buffer }, fireImmediately: true });
    const ticket = async (payload: string) => {
      const code = await sharp(Buffer.from((await writeBarcode(payload, { format: 'QRCode' })).svg))
        .resize(210, 210, { kernel: 'nearest' })
        .extend({ top: 20, bottom: 20, left: 20, right: 20, background: '#fff' })
        .png()
        .toBuffer();
      return sharp(bridge())
        .resize(SIDE, SIDE, { fit: 'cover' })
        .composite([{ input: code, left: 510, top: 510 }])
        .jpeg()
        .toBuffer();
    };
    const own = await ticket('https://brand.example/launch/1');
    const asset = await fingerprintAsset(own);
    const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'ticket', data: asset.data }]);
    const gradesOf = async (post: Uint8Array) =>
      (await matcher.match(await asPost(post))).map(({ grade }) => grade);
    const hidden = Buffer.from(
      '<svg width="260" height="260"><rect width="260" height="260" fill="#345"/></svg>',
    );
    for (const post of [
      own,
      await sharp(own).resize(500).jpeg({ quality: 40 }).toBuffer(),
      await sharp(own).rotate(6, { background: '#776655' }).jpeg().toBuffer(),
      await sharp(own)
        .composite([{ input: hidden, left: 500, top: 500 }])
        .jpeg()
        .toBuffer(),
    ]) {
      expect(await gradesOf(post)).toEqual(['same']);
    }
    const other = await ticket('https://brand.example/launch/2');
    expect(await gradesOf(other)).toEqual(['same-layout']);
    expect(await gradesOf(await sharp(other).rotate(6, { background: '#776655' }).jpeg().toBuffer())).toEqual(
      ['same-layout'],
    );
  });

  it('stays the same under a caption, in noise and on a screen', async () => {
    const asset = await fingerprintAsset(bridge());
    const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'bridge', data: asset.data }]);
    const small = await sharp(bridge()).resize(SIDE, SIDE, { fit: 'cover' }).jpeg().toBuffer();
    for (const post of [
      small,
      await withCaption(small),
      await sharp(small).blur(2).jpeg({ quality: 20 }).toBuffer(),
    ]) {
      const grades = (await matcher.match(await asPost(post))).map(({ grade }) => grade);
      expect(grades).toHaveLength(1);
      expect(['same', 'part']).toContain(grades[0]);
    }
  });
});
