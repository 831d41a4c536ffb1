import sharp from 'sharp';
import { expect, it } from 'vitest';
import { createImageEngine, ImageError } from '../index.ts';
import { bitmapOf } from './helpers/bitmaps.ts';
import { pagesOf } from './helpers/documents.ts';
import { heicOfTwo, inJp2, jpeg2000Of, jxlOf } from './helpers/foreign-files.ts';
import { hugePng } from './helpers/hostile-files.ts';
import { bridge } from './helpers/pictures.ts';
import { randomNumbers } from './helpers/random-hashes.ts';

const IN_ALL = process.env['SOAK'] === undefined ? 600 : 5200;
const SHARP_FORMATS = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;
const SIDE = 96;
const ALLOWED = [
  'fingerprint',
  'truncated',
  'corrupt',
  'unsupported-format',
  'unsupported-codec',
  'too-many-pixels',
  'too-small',
  'empty',
];

/** A sound file of each format, also of those with a decoder of their own. */
async function soundFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const format of SHARP_FORMATS) {
    files.set(format, await sharp(bridge()).resize(SIDE).toFormat(format).toBuffer());
  }
  const grey = await sharp(bridge()).resize(SIDE, SIDE, { fit: 'fill' }).greyscale().raw().toBuffer();
  files.set('bmp', bitmapOf(grey, SIDE, SIDE, { bits: 24 }));
  files.set('bmp in runs', bitmapOf(grey, SIDE, SIDE, { bits: 8, runs: true }));
  files.set('heic', heicOfTwo());
  files.set('jxl', await jxlOf(SIDE, SIDE));
  files.set('jp2', inJp2(await jpeg2000Of(SIDE, SIDE), SIDE, SIDE));
  files.set('pdf', await pagesOf([bridge()]));
  // A slice of a Buffer would be damaged with it.
  return new Map([...files].map(([format, file]) => [format, new Uint8Array(file)]));
}

it('answers damaged files by a fingerprint or a named failure, and never loses a worker', async () => {
  const engine = await createImageEngine({ workers: 2, deadlineMs: 120_000 });
  const outcomes = new Map<string, Map<string, number>>();
  const memoryBefore = process.memoryUsage.rss();
  const files = await soundFiles();
  const each = Math.ceil(IN_ALL / files.size);
  for (const [format, sound] of files) {
    const reasons = new Map<string, number>();
    outcomes.set(format, reasons);
    await Promise.all(
      Array.from({ length: each }, async (_, seed) => {
        const outcome = await engine.fingerprint(damaged(sound, seed)).then(
          () => 'fingerprint',
          (error: unknown) => (error instanceof ImageError ? error.reason : `not named: ${String(error)}`),
        );
        reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
      }),
    );
    // What the damaged files have left behind does not harm the next one.
    expect((await engine.fingerprint(sound)).data.length, format).toBeGreaterThan(0);
  }
  await engine.close();
  if (process.env['SOAK'] !== undefined) {
    for (const [format, reasons] of outcomes) console.info(format, Object.fromEntries(reasons));
  }
  const all = [...outcomes.values()].flatMap((reasons) => [...reasons.keys()]);
  expect(all.filter((reason) => !ALLOWED.includes(reason))).toEqual([]);
  for (const [format, reasons] of outcomes) {
    expect(
      [...reasons.values()].reduce((sum, n) => sum + n, 0),
      format,
    ).toBe(each);
    expect(reasons.size, format).toBeGreaterThan(1);
  }
  expect(process.memoryUsage.rss() - memoryBefore).toBeLessThan(600 * 1024 * 1024);
});

it('refuses bombs of every format by their headers', async () => {
  const engine = await createImageEngine({ workers: 1 });
  const files = await soundFiles();
  const claims = (format: string, write: (file: Buffer) => void) => {
    const file = Buffer.from(files.get(format)!);
    write(file);
    return file;
  };
  const jp2 = claims('jp2', (file) => {
    const size = file.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
    file.writeUInt32BE(30_000, size + 8);
    file.writeUInt32BE(30_000, size + 12);
  });
  const bmp = claims('bmp in runs', (file) => {
    file.writeInt32LE(30_000, 18);
    file.writeInt32LE(30_000, 22);
  });
  const heic = claims('heic', (file) => {
    for (let at = file.indexOf('ispe'); at > 0; at = file.indexOf('ispe', at + 4)) {
      file.writeUInt32BE(30_000, at + 8);
      file.writeUInt32BE(30_000, at + 12);
    }
  });
  // Its size is in bits from the third byte on: not small, then 30 bits for the height, and the width of a square.
  const jxl = Buffer.alloc(16);
  jxl.set([0xff, 0x0a]);
  jxl.writeBigUInt64LE(0b110n | (29_999n << 3n) | (1n << 33n), 2);
  // More bytes than a number can count.
  const endless = Buffer.from(jxl);
  endless.writeBigUInt64LE(0b110n | ((2n ** 30n - 1n) << 3n) | (1n << 33n), 2);
  try {
    for (const bomb of [hugePng(30_000, 30_000), jp2, bmp, heic, jxl, endless]) {
      await expect(engine.fingerprint(bomb)).rejects.toMatchObject({ reason: 'too-many-pixels' });
    }
  } finally {
    await engine.close();
  }
});

/** A file with some bytes changed, mostly in its header, and sometimes cut or doubled. */
function damaged(sound: Uint8Array, seed: number): Uint8Array {
  const random = randomNumbers(seed);
  const copy = sound.slice();
  const changes = 1 + Math.floor(random() * 12);
  for (let i = 0; i < changes; i++) {
    const reach = random() < 0.7 ? Math.min(120, copy.length) : copy.length;
    copy[Math.floor(random() * reach)] = Math.floor(random() * 256);
  }
  const fate = random();
  if (fate < 0.1) return copy.subarray(0, Math.floor(random() * copy.length));
  if (fate < 0.15) return Uint8Array.from([...copy, ...copy]);
  return copy;
}
