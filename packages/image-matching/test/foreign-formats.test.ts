import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeImage } from '../decode/decode-image.ts';
import { readJpeg2000Header } from '../decode/jpeg2000-header.ts';
import { readJxlHeader } from '../decode/jxl-header.ts';
import { limitMemory } from '../decode/limit-memory.ts';
import { bitmapOf } from './helpers/bitmaps.ts';
import { heicOfTwo, inJp2, jpeg2000Of, jxlOf } from './helpers/foreign-files.ts';
import { bridge, streetScenes } from './helpers/pictures.ts';

const shown = (picture: Uint8Array, width: number, height: number) =>
  sharp(picture).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer();

function difference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

describe('a JPEG XL picture', () => {
  it('is decoded, and refused when it is cut or too large', async () => {
    const bytes = await jxlOf(320, 200);
    expect(readJxlHeader(bytes)).toEqual({ width: 320, height: 200, isAnimated: false });
    const { format, widthPx, heightPx, frames } = await decodeImage(bytes, 256);
    expect([format, widthPx, heightPx]).toEqual(['jxl', 320, 200]);
    expect(difference(frames[0]!.data, await shown(bridge(), 256, 160))).toBeLessThan(8);
    await expect(decodeImage(bytes.subarray(0, 60), 256)).rejects.toMatchObject({ reason: 'corrupt' });
    // The decoder starts anew behind a failure.
    expect((await decodeImage(bytes, 256)).frames).toEqual(frames);
  });

  it('tells its size in the header: small, by aspect, and in a container', () => {
    // Bits from the lowest: small (1), 24 = (2 + 1) * 8 rows, aspect 7 (2:1).
    const small = [0xff, 0x0a, 1 | (2 << 1) | ((7 & 3) << 6), 7 >> 2];
    const bare = Uint8Array.from([...small, ...Array<number>(12).fill(0)]);
    expect(readJxlHeader(bare)).toMatchObject({ width: 48, height: 24 });
    const boxed = Uint8Array.from([
      ...[0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a],
      ...[0, 0, 0, 24, 0x6a, 0x78, 0x6c, 0x63, ...bare],
    ]);
    expect(readJxlHeader(boxed)).toMatchObject({ width: 48, height: 24 });
    expect(readJxlHeader(bare.subarray(0, 3))).toBeNull();
  });
});

describe('a HEIC picture with HEVC', () => {
  it('is decoded with all pictures of its file', async () => {
    const { format, widthPx, heightPx, frames, notes } = await decodeImage(heicOfTwo(), 640);
    expect([format, widthPx, heightPx]).toEqual(['heif', 320, 200]);
    expect(frames.map(({ width, height }) => [width, height])).toEqual([
      [320, 200],
      [240, 160],
    ]);
    expect(difference(frames[0]!.data, await shown(bridge(), 320, 200))).toBeLessThan(12);
    expect(difference(frames[1]!.data, await shown(streetScenes()[0]!, 240, 160))).toBeLessThan(12);
    expect(notes).toEqual([]);
  });

  it('that is cut is refused as truncated', async () => {
    await expect(decodeImage(heicOfTwo().subarray(0, 3000), 640)).rejects.toMatchObject({
      reason: 'truncated',
    });
  });
});

describe('a JPEG 2000 picture', () => {
  it('is decoded as a codestream and in its container, in colours and grey', async () => {
    const codestream = await jpeg2000Of(320, 200);
    expect(readJpeg2000Header(codestream)).toMatchObject({ width: 320, height: 200, unknown: null });
    const wanted = await shown(bridge(), 256, 160);
    for (const bytes of [codestream, inJp2(codestream, 320, 200)]) {
      const { format, widthPx, heightPx, frames } = await decodeImage(bytes, 256);
      expect([format, widthPx, heightPx]).toEqual(['jp2', 320, 200]);
      expect(difference(frames[0]!.data, wanted)).toBeLessThan(10);
    }
    const grey = await decodeImage(await jpeg2000Of(320, 200, 1), 256);
    const [red, green] = grey.frames[0]!.data;
    expect([grey.frames[0]!.width, red]).toEqual([256, green]);
  });

  it('that is large is unpacked without its finest details, and told in its own size', async () => {
    const { widthPx, heightPx, frames } = await decodeImage(await jpeg2000Of(1200, 800), 200);
    expect([widthPx, heightPx, frames[0]!.width, frames[0]!.height]).toEqual([1200, 800, 200, 133]);
    expect(difference(frames[0]!.data, await shown(bridge(), 200, 133))).toBeLessThan(10);
  });

  it('that is damaged or has other channels is refused by name', async () => {
    const codestream = await jpeg2000Of(320, 200);
    const boxed = inJp2(codestream, 320, 200);
    const reasonOf = (bytes: Uint8Array) =>
      decodeImage(bytes, 256).then(
        () => 'shown',
        (error: unknown) => (error instanceof Error && 'reason' in error ? error.reason : error),
      );
    expect(await reasonOf(boxed.subarray(0, 70))).toBe('truncated');
    expect(await reasonOf(setChannels(codestream, 4))).toBe('unsupported-codec');
    const huge = Buffer.from(codestream);
    huge.writeUInt32BE(400_000, 8);
    expect(await reasonOf(huge)).toBe('too-many-pixels');
    expect(await reasonOf(boxed)).toBe('shown');
  });
});

/** Claims another number of channels in the size segment, behind the codestream's begin. */
function setChannels(codestream: Buffer, count: number): Buffer {
  const copy = Buffer.from(codestream);
  copy.writeUInt16BE(count, 40);
  return copy;
}

describe('a bitmap', () => {
  const [width, height] = [37, 21];
  const values = Uint8Array.from({ length: width * height }, (_, i) =>
    (i % width) * 7 > 120 ? 255 : Math.round(((i * 13) % 256) / 17) * 17,
  );

  it.each([
    ['24 bits', { bits: 24 }, 0],
    ['24 bits from the top', { bits: 24, topDown: true }, 0],
    ['32 bits', { bits: 32 }, 0],
    ['32 bits by masks', { bits: 32, masks: [0xff, 0xff00, 0xff0000, 0xff000000] }, 0],
    ['16 bits', { bits: 16 }, 8],
    ['16 bits by masks', { bits: 16, masks: [0xf800, 0x07e0, 0x001f, 0] }, 8],
    ['a palette of 256', { bits: 8 }, 0],
    ['a palette of 16', { bits: 4 }, 0],
    ['two colours', { bits: 1 }, 127],
    ['runs of 8 bits', { bits: 8, runs: true }, 0],
    ['runs of 4 bits', { bits: 4, runs: true }, 0],
    ["OS/2's header", { bits: 8, os2: true }, 0],
  ] as const)('of %s is decoded', async (_what, layout, off) => {
    const bytes = bitmapOf(values, width, height, layout);
    const { format, widthPx, heightPx, frames, notes } = await decodeImage(bytes, 64);
    expect([format, widthPx, heightPx, notes]).toEqual(['bmp', width, height, []]);
    const { data } = frames[0]!;
    const most = data.reduce(
      (far, value, i) => Math.max(far, Math.abs(value - values[Math.floor(i / 3)]!)),
      0,
    );
    expect(most).toBeLessThanOrEqual(off);
  });

  it('shows its rows when it is cut, and is refused without a row, as an asset, or when it claims too much', async () => {
    const whole = bitmapOf(values, width, height, { bits: 24 });
    const { frames, notes } = await decodeImage(whole.subarray(0, whole.length - 900), 64);
    expect(notes).toEqual([{ kind: 'partial', message: 'the bmp file ends too early' }]);
    expect(frames[0]!.data.subarray(-width * 3)[0]).toBe(values[width * (height - 1)]);
    const refused = (bytes: Uint8Array, damage: 'show' | 'refuse' = 'show') =>
      expect(decodeImage(bytes, 64, damage)).rejects;
    await refused(whole.subarray(0, whole.length - 900), 'refuse').toMatchObject({ reason: 'truncated' });
    await refused(whole.subarray(0, 60)).toMatchObject({ reason: 'truncated' });
    const huge = Buffer.from(bitmapOf(values, width, height, { bits: 8, runs: true }));
    huge.writeInt32LE(20_000, 18);
    huge.writeInt32LE(20_000, 22);
    await refused(huge).toMatchObject({ reason: 'too-many-pixels' });
    const embedded = Buffer.from(whole);
    embedded.writeUInt32LE(4, 30);
    await refused(embedded).toMatchObject({ reason: 'unsupported-codec' });
  });
});

describe('a picture of an unusual kind', () => {
  it('is named when a JPEG has 12 bits a sample, or none of the usual processes', async () => {
    const sound = await sharp(bridge()).resize(64).jpeg().toBuffer();
    const frame = sound.indexOf(Buffer.from([0xff, 0xc0]));
    for (const [marker, bits] of [
      [0xc1, 12],
      [0xc3, 8],
    ] as const) {
      const bytes = Buffer.from(sound);
      bytes[frame + 1] = marker;
      bytes[frame + 4] = bits;
      const decoding = decodeImage(bytes, 256);
      await expect(decoding).rejects.toMatchObject({ reason: 'unsupported-codec' });
      await expect(decoding).rejects.toThrow(/^the jpeg file's kind of compression is not decoded: [^\n]+$/);
    }
  });

  it('is named when a TIFF is packed in a way of its own', async () => {
    const bytes = await sharp(bridge()).resize(64).tiff({ compression: 'lzw' }).toBuffer();
    const little = bytes[0] === 0x49;
    const tag = bytes.indexOf(Buffer.from(little ? [3, 1, 3, 0] : [1, 3, 0, 3]));
    if (little) bytes.writeUInt16LE(34712, tag + 8);
    else bytes.writeUInt16BE(34712, tag + 8);
    await expect(decodeImage(bytes, 256)).rejects.toMatchObject({
      reason: 'unsupported-codec',
      message: "the tiff file's kind of compression is not decoded: compression 34712",
    });
  });
});

describe('a decoder in WebAssembly', () => {
  // One memory of one page, which may grow to 200, by its name "m".
  const [start, memory] = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    [5, 5, 1, 1, 1, 200, 1],
  ];
  const named = [7, 5, 1, 1, 0x6d, 2, 0];

  it('has no more memory than its picture was granted', () => {
    const ExportsSchema = z.object({
      m: z.custom<{ grow(pages: number): number }>((value) => typeof value === 'object'),
    });
    const grow = (program: Uint8Array) =>
      ExportsSchema.parse(new WebAssembly.Instance(new WebAssembly.Module(program)).exports).m.grow(100);
    const program = Uint8Array.from([...start, ...memory, ...named]);
    expect(grow(program)).toBe(1);
    expect(grow(limitMemory(program, 150 * 65_536))).toBe(1);
    expect(() => grow(limitMemory(program, 50 * 65_536))).toThrow(RangeError);
    expect(() => limitMemory(Uint8Array.from(start), 65_536)).toThrow('no memory');
  });
});
