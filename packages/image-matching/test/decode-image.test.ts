import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../decode/decode-image.ts';
import { weighPicture } from '../decode/weigh-picture.ts';
import { multiPicture } from './helpers/animations.ts';
import { bridge } from './helpers/pictures.ts';
import { hugePng, svg } from './helpers/hostile-files.ts';

const SIDE = 256;
/** Encoders look for small files by default, which takes seconds. */
const QUICKLY: Partial<Record<Format, object>> = { avif: { effort: 0 }, gif: { effort: 1 } };

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif';

function bridgeAs(format: Format, width: number, options: object = {}): Promise<Buffer> {
  return sharp(bridge())
    .resize(width)
    .toFormat(format, { ...QUICKLY[format], ...options })
    .toBuffer();
}

/** The bridge in grey as JPEG, each pixel of its copy several times as wide and high. */
async function enlarged(width: number, height: number, times: number): Promise<Buffer> {
  const small = await sharp(bridge()).resize(width, height, { fit: 'fill' }).greyscale().raw().toBuffer();
  const across = width * times;
  const large = Buffer.alloc(across * height * times);
  for (let y = 0; y < height; y++) {
    const first = y * times * across;
    for (let x = 0; x < width; x++) {
      large.fill(small[y * width + x]!, first + x * times, first + (x + 1) * times);
    }
    for (let copy = 1; copy < times; copy++) large.copy(large, first + copy * across, first, first + across);
  }
  const raw = { width: across, height: height * times, channels: 1 } as const;
  return sharp(large, { raw, limitInputPixels: false }).jpeg({ quality: 20 }).toBuffer();
}

describe('decoding a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('reads %s', async (format) => {
    const bytes = await bridgeAs(format, 400);
    const { widthPx, heightPx, frames } = await decodeImage(bytes, SIDE);
    expect([widthPx, heightPx, frames.length]).toEqual([400, 251, 1]);
    expect(frames[0]).toMatchObject({ width: 256, height: 161 });
    expect(frames[0]!.data).toHaveLength(256 * 161 * 3);
  });

  it.each([
    ['CMYK', () => sharp(bridge()).resize(300).toColourspace('cmyk').jpeg()],
    ['16 bits a channel', () => sharp(bridge()).resize(300).toColourspace('rgb16').png()],
    ['grey', () => sharp(bridge()).resize(300).toColourspace('b-w').png()],
    ['a palette', () => sharp(bridge()).resize(300).png({ palette: true })],
    ['a wide-gamut profile', () => sharp(bridge()).resize(300).withIccProfile('p3').jpeg()],
  ])('reads a picture with %s as RGB that looks the same', async (_what, make) => {
    const plain = await decodeImage(await sharp(bridge()).resize(300).png().toBuffer(), SIDE);
    const other = await decodeImage(await make().toBuffer(), SIDE);
    expect(meanDifference(plain.frames[0]!.data, other.frames[0]!.data)).toBeLessThan(12);
  });

  it('turns a picture upright by its EXIF orientation', async () => {
    const bytes = await sharp(bridge()).resize(400).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { widthPx, heightPx, frames } = await decodeImage(bytes, SIDE);
    expect([widthPx, heightPx]).toEqual([251, 400]);
    expect(frames[0]).toMatchObject({ width: 161, height: 256 });
  });

  it('shows transparent parts on white', async () => {
    const bytes = await sharp({
      create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { frames } = await decodeImage(bytes, SIDE);
    expect(frames[0]!.data.every((value) => value === 255)).toBe(true);
  });
});

describe('a JPEG of a telephone', () => {
  it('with 108 megapixels is made smaller while it is read', async () => {
    const bytes = await enlarged(1200, 900, 10);
    const { widthPx, heightPx, frames, notes } = await decodeImage(bytes, SIDE);
    expect([widthPx, heightPx, notes]).toEqual([12_000, 9000, []]);
    const small = await sharp(bridge()).greyscale().resize(256, 192, { fit: 'fill' }).png().toBuffer();
    const wanted = (await decodeImage(small, SIDE)).frames[0]!.data;
    expect(meanDifference(frames[0]!.data, wanted)).toBeLessThan(12);
    // Less than a default process has for all pictures together.
    expect(await weighPicture(bytes, SIDE)).toBeLessThan(100_000_000);
    expect(await weighPicture(await claimed(12_000, 9000, true), SIDE)).toBeLessThan(400_000_000);
  });

  it('is refused by its header above 250 megapixels, and weighed behind junk and behind another picture', async () => {
    await expect(decodeImage(await claimed(20_000, 20_000), SIDE)).rejects.toMatchObject({
      reason: 'too-many-pixels',
    });
    const large = await claimed(15_000, 15_000, true);
    const small = await sharp(bridge()).resize(64).jpeg().toBuffer();
    for (const file of [Buffer.concat([Buffer.from('\r\n'), large]), multiPicture(small, large)]) {
      expect(await weighPicture(file, SIDE)).toBeGreaterThan(600_000_000);
    }
  });
});

/** A JPEG whose frame header tells another size. */
async function claimed(width: number, height: number, progressive = false): Promise<Buffer> {
  const bytes = await sharp(bridge()).resize(64).jpeg({ progressive }).toBuffer();
  const frame = bytes.indexOf(Buffer.from([0xff, progressive ? 0xc2 : 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

describe('a damaged picture', () => {
  it.each([
    ['jpeg', {}],
    ['jpeg', { progressive: true }],
    ['png', {}],
    ['webp', {}],
    ['webp', { lossless: true }],
    ['gif', {}],
  ] as const)('that breaks off as %s %o shows what is there, marked as partial', async (format, options) => {
    const whole = await bridgeAs(format, 600, options);
    const expected = await decodeImage(whole, SIDE);
    const { frames, notes, widthPx } = await decodeImage(cut(whole, 0.8), SIDE);
    expect(notes.map(({ kind }) => kind)).toEqual(['partial']);
    expect([widthPx, frames.length]).toEqual([600, 1]);
    const upperHalf = Math.floor(frames[0]!.data.length / 2);
    expect(
      meanDifference(frames[0]!.data.subarray(0, upperHalf), expected.frames[0]!.data.subarray(0, upperHalf)),
    ).toBeLessThan(12);
    expect(expected.notes).toEqual([]);
  });

  it('is whole but for its mark when only the end mark of a JPEG is missing', async () => {
    const whole = await sharp(bridge()).resize(600).jpeg().toBuffer();
    const { frames, notes } = await decodeImage(whole.subarray(0, whole.length - 2), SIDE);
    expect(notes).toEqual([{ kind: 'partial', message: 'the jpeg file ends too early' }]);
    expect(frames).toEqual((await decodeImage(whole, SIDE)).frames);
  });

  it.each(['jpeg', 'png', 'webp'] as const)(
    'is refused on request as %s: an asset must be whole',
    async (format) => {
      const whole = await bridgeAs(format, 300);
      await expect(decodeImage(cut(whole, 0.9), SIDE, 'refuse')).rejects.toMatchObject({
        reason: 'truncated',
      });
    },
  );

  it('is shown when a checksum of a PNG is wrong', async () => {
    const whole = await sharp(bridge()).resize(300).png().toBuffer();
    for (const fromEnd of [1, 13]) {
      const damaged = Uint8Array.from(whole, (byte, i) =>
        i === whole.length - fromEnd ? byte ^ 0xff : byte,
      );
      expect((await decodeImage(damaged, SIDE)).frames).toEqual((await decodeImage(whole, SIDE)).frames);
    }
  });

  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('is found behind junk as %s', async (format) => {
    const whole = await bridgeAs(format, 300);
    for (const junk of ['\r\n', 'HTTP/1.1 200 OK\r\ncontent-type: image\r\n\r\n'.repeat(20)]) {
      const { frames } = await decodeImage(Buffer.concat([Buffer.from(junk), whole]), SIDE);
      expect(frames).toEqual((await decodeImage(whole, SIDE)).frames);
    }
  });

  it('is not padded to the gigabytes that a WebP header claims', async () => {
    const bytes = await sharp(bridge()).resize(300).webp().toBuffer();
    bytes.writeUInt32LE(0xfffffff0, 4);
    await expect(decodeImage(bytes, SIDE)).rejects.toMatchObject({ reason: 'truncated' });
  });
});

describe('a picture that is not fit', () => {
  it('is refused when there are no bytes', async () => {
    await expect(decodeImage(new Uint8Array(), SIDE)).rejects.toMatchObject({ reason: 'empty' });
  });

  it.each([
    ['SVG', svg()],
    ['text', new TextEncoder().encode('hello, this is no picture at all')],
  ])('is refused when it is %s', async (_what, bytes) => {
    await expect(decodeImage(bytes, SIDE)).rejects.toMatchObject({ reason: 'unsupported-format' });
  });

  it.each(['tiff', 'avif'] as const)('is refused as truncated when a %s breaks off', async (format) => {
    const bytes = await bridgeAs(format, 600);
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    await expect(decodeImage(half, SIDE)).rejects.toMatchObject({ reason: 'truncated' });
  });

  it.each(['jpeg', 'png', 'webp', 'gif'] as const)(
    'is refused as truncated when a %s breaks off before its first pixel',
    async (format) => {
      const bytes = await bridgeAs(format, 600);
      await expect(decodeImage(bytes.subarray(0, 60), SIDE)).rejects.toMatchObject({ reason: 'truncated' });
    },
  );

  it('is refused by its header when it has 400 megapixels', async () => {
    await expect(decodeImage(hugePng(20_000, 20_000), SIDE)).rejects.toMatchObject({
      reason: 'too-many-pixels',
    });
  });

  it('is refused when it is a tracking pixel', async () => {
    const bytes = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .gif()
      .toBuffer();
    await expect(decodeImage(bytes, SIDE)).rejects.toMatchObject({ reason: 'too-small' });
  });

  it('is refused as corrupt when only its beginning is a picture', async () => {
    const bytes = await sharp(bridge()).resize(200).png().toBuffer();
    const scrambled = Uint8Array.from(bytes, (byte, i) =>
      i > 60 && i < bytes.length - 12 ? byte ^ 0x5a : byte,
    );
    await expect(decodeImage(scrambled, SIDE)).rejects.toMatchObject({ reason: 'corrupt' });
  });
});

function cut(bytes: Uint8Array, share: number): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length * share));
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}
