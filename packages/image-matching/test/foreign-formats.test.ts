import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeImage } from '../decode/decode-image.ts';
import { readJxlSize } from '../decode/jxl-size.ts';
import { bridge } from './helpers/pictures.ts';

const { resolve } = createRequire(import.meta.url);

type Encoder = {
  encode: (data: Uint8Array, width: number, height: number, options: object) => Uint8Array | null;
};
const EncoderModuleSchema = z.object({
  default: z.custom<(options: object) => Promise<Encoder>>((value) => typeof value === 'function'),
});

/** Makes a JPEG XL file with the encoder of the decoder's own package. */
async function jxlOf(width: number, height: number): Promise<Buffer> {
  const script = resolve('@jsquash/jxl/codec/enc/jxl_enc.js');
  const loaded: unknown = await import(script);
  const wasmBinary = await readFile(script.replace(/\.js$/, '.wasm'));
  const encoder = await EncoderModuleSchema.parse(loaded).default({ wasmBinary, noInitialRun: true });
  const pixels = await sharp(bridge()).resize(width, height, { fit: 'fill' }).ensureAlpha().raw().toBuffer();
  const options = {
    ...{ effort: 3, quality: 80, progressive: false, epf: -1, lossyPalette: false },
    ...{ decodingSpeedTier: 0, photonNoiseIso: 0, lossyModular: false },
  };
  const encoded = encoder.encode(pixels, width, height, options);
  if (encoded === null) throw new Error('not encoded');
  return Buffer.from(encoded);
}

describe('a JPEG XL picture', () => {
  it('is decoded, and refused when it is cut or too large', async () => {
    const bytes = await jxlOf(320, 200);
    expect(readJxlSize(bytes)).toEqual({ width: 320, height: 200 });
    const { format, widthPx, heightPx, frames } = await decodeImage(bytes, 256);
    expect([format, widthPx, heightPx]).toEqual(['jxl', 320, 200]);
    const wanted = await sharp(bridge()).resize(256, 160, { fit: 'fill' }).removeAlpha().raw().toBuffer();
    const { data } = frames[0]!;
    const difference = data.reduce((sum, value, i) => sum + Math.abs(value - wanted[i]!), 0) / data.length;
    expect(difference).toBeLessThan(8);
    await expect(decodeImage(bytes.subarray(0, 60), 256)).rejects.toMatchObject({ reason: 'corrupt' });
  });

  it('tells its size in the header: small, by aspect, and in a container', () => {
    // Bits from the lowest: small (1), 24 = (2 + 1) * 8 rows, aspect 7 (2:1).
    const small = [0xff, 0x0a, 1 | (2 << 1) | ((7 & 3) << 6), 7 >> 2];
    const bare = Uint8Array.from([...small, ...Array<number>(12).fill(0)]);
    expect(readJxlSize(bare)).toEqual({ width: 48, height: 24 });
    const boxed = Uint8Array.from([
      ...[0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a],
      ...[0, 0, 0, 24, 0x6a, 0x78, 0x6c, 0x63, ...bare],
    ]);
    expect(readJxlSize(boxed)).toEqual({ width: 48, height: 24 });
    expect(readJxlSize(bare.subarray(0, 3))).toBeNull();
  });
});

describe('a picture that no decoder reads', () => {
  it.each([
    ['JPEG 2000', [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a, 0, 0, 0, 0], /JPEG 2000/],
    ['BMP', [0x42, 0x4d, 30, 0, 0, 0, 0, 0, 0, 0, ...Array<number>(20).fill(0)], /BMP/],
  ] as const)('is named: %s', async (_format, bytes, message) => {
    const decoding = decodeImage(Uint8Array.from(bytes), 256);
    await expect(decoding).rejects.toThrow(message);
    await expect(decoding).rejects.toMatchObject({ reason: 'unsupported-codec' });
  });

  it('is named when a JPEG has 12 bits a sample', async () => {
    const bytes = await sharp(bridge()).resize(64).jpeg().toBuffer();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes[frame + 1] = 0xc1;
    bytes[frame + 4] = 12;
    await expect(decodeImage(bytes, 256)).rejects.toMatchObject({ reason: 'unsupported-codec' });
  });
});
