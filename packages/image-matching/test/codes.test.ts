import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, writeBarcode, type WriterOptions } from 'zxing-wasm/writer';
import { hasOtherCode } from '../codes/other-code.ts';
import { readCodes, type Code } from '../codes/read-codes.ts';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher } from '../index.ts';
import { bridge } from './helpers/pictures.ts';

type Format = NonNullable<WriterOptions['format']>;

/** Side of a fingerprint's working copy. */
const SIDE = 640;
const STANDS_STILL = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const { buffer } = new Uint8Array(await readFile(wasm));
  await prepareZXingModule({ overrides: { wasmBinary: buffer }, fireImmediately: true });
});

/** A photograph with a label in a corner, as JPEG. */
async function labelled(payload: string, format: Format, width: number, quality = 80): Promise<Buffer> {
  const { svg } = await writeBarcode(payload, { format });
  const { data, info } = await sharp(Buffer.from(svg), { density: 300 })
    .resize({ width })
    .flatten({ background: '#fff' })
    .extend({ top: 16, bottom: 16, left: 16, right: 16, background: '#fff' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return sharp(bridge())
    .resize(SIDE, SIDE, { fit: 'cover' })
    .composite([{ input: data, left: SIDE - 16 - info.width, top: SIDE - 16 - info.height }])
    .jpeg({ quality })
    .toBuffer();
}

describe('a photograph with a label', () => {
  it.each([
    ['EAN13', 200, '4006381333931', '4006381333948'],
    ['EAN8', 140, '40063812', '40063829'],
    ['UPCA', 200, '036000291452', '036000291469'],
    ['Code128', 330, 'LAUNCH-0001', 'LAUNCH-0002'],
    ['DataBar', 200, '0401234567890', '0401234567899'],
    ['DataMatrix', 80, 'https://brand.example/launch/1', 'https://brand.example/launch/2'],
    ['PDF417', 400, 'LAUNCH-0001', 'LAUNCH-0002'],
    ['Aztec', 80, 'https://brand.example/launch/1', 'https://brand.example/launch/2'],
    ['QRCode', 80, 'https://brand.example/launch/1', 'https://brand.example/launch/2'],
  ] as const)('shows its %s from %i of 640 px on, and another one', async (format, width, own, other) => {
    const codesOf = async (payload: string, quality?: number): Promise<Code[]> =>
      readCodes(await labelled(payload, format, width, quality), { width: SIDE, height: SIDE });
    const asset = await codesOf(own);
    expect(asset).toHaveLength(1);
    expect(hasOtherCode(asset, await codesOf(own, 50), STANDS_STILL)).toBe(false);
    expect(hasOtherCode(asset, await codesOf(other, 50), STANDS_STILL)).toBe(true);
  });

  it.each([
    ['Code39', 'LAUNCH1'],
    ['ITF', '12345678'],
  ] as const)('shows no %s, which has no check of its own', async (format, payload) => {
    expect(await readCodes(await labelled(payload, format, 400), { width: SIDE, height: SIDE })).toEqual([]);
  });

  it('of another article is another picture', async () => {
    const own = await labelled('4006381333931', 'EAN13', 240);
    const asset = await fingerprintAsset(own);
    const matcher = compileImageMatcher([{ campaignId: 'c', assetId: 'label', data: asset.data }]);
    const gradesOf = async (post: Uint8Array) =>
      (await matcher.match((await fingerprintPost(post)).data)).map(({ grade }) => grade);
    expect(await gradesOf(await sharp(own).resize(500).jpeg().toBuffer())).toEqual(['same']);
    expect(await gradesOf(await labelled('4006381333948', 'EAN13', 240))).toEqual(['same-layout']);
  });
});
