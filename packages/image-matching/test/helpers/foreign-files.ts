import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { z } from 'zod';
import { bridge } from './pictures.ts';

const { resolve } = createRequire(import.meta.url);
const isFunction = (value: unknown) => typeof value === 'function';

interface JxlEncoder {
  encode: (data: Uint8Array, width: number, height: number, options: object) => Uint8Array | null;
}
const JxlModuleSchema = z.object({
  default: z.custom<(options: object) => Promise<JxlEncoder>>(isFunction),
});

interface Jpeg2000Encoder {
  getDecodedBuffer(frame: {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  }): Uint8Array;
  setCompressionRatio(layer: number, ratio: number): void;
  setQuality(lossless: boolean, ratio: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
}
const Jpeg2000Schema = z.object({
  default: z.custom<(options: object) => Promise<{ J2KEncoder: new () => Jpeg2000Encoder }>>(isFunction),
});

async function bridgePixels(width: number, height: number, channels: 1 | 3 | 4): Promise<Uint8Array> {
  const small = sharp(bridge()).resize(width, height, { fit: 'fill' });
  const shaped = channels === 1 ? small.greyscale() : channels === 4 ? small.ensureAlpha() : small;
  return shaped.raw().toBuffer();
}

/** The bridge as JPEG XL, by the encoder of the decoder's own package. */
export async function jxlOf(width: number, height: number): Promise<Buffer> {
  const script = resolve('@jsquash/jxl/codec/enc/jxl_enc.js');
  const loaded: unknown = await import(script);
  const wasmBinary = await readFile(script.replace(/\.js$/, '.wasm'));
  const encoder = await JxlModuleSchema.parse(loaded).default({ wasmBinary, noInitialRun: true });
  const options = {
    ...{ effort: 3, quality: 80, progressive: false, epf: -1, lossyPalette: false },
    ...{ decodingSpeedTier: 0, photonNoiseIso: 0, lossyModular: false },
  };
  const encoded = encoder.encode(await bridgePixels(width, height, 4), width, height, options);
  if (encoded === null) throw new Error('not encoded');
  return Buffer.from(encoded);
}

/** The bridge as a codestream of JPEG 2000, by the encoder of the decoder's own package. */
export async function jpeg2000Of(width: number, height: number, channels: 1 | 3 | 4 = 3): Promise<Buffer> {
  const loaded: unknown = await import(resolve('@cornerstonejs/codec-openjpeg/wasmjs'));
  const wasmBinary = await readFile(resolve('@cornerstonejs/codec-openjpeg/wasm'));
  const { J2KEncoder } = await Jpeg2000Schema.parse(loaded).default({ wasmBinary, print: () => undefined });
  const encoder = new J2KEncoder();
  const frame = { width, height, bitsPerSample: 8, componentCount: channels, isSigned: false };
  encoder.getDecodedBuffer(frame).set(await bridgePixels(width, height, channels));
  encoder.setQuality(false, 0);
  encoder.setCompressionRatio(0, 12);
  encoder.encode();
  return Buffer.from(encoder.getEncodedBuffer());
}

/** A codestream in the container of a `.jp2` file. */
export function inJp2(codestream: Buffer, width: number, height: number): Buffer {
  const header = Buffer.alloc(14);
  header.writeUInt32BE(height, 0);
  header.writeUInt32BE(width, 4);
  header.writeUInt16BE(3, 8);
  header.set([7, 7, 0, 0], 10);
  const colour = Buffer.from([1, 0, 0, 0, 0, 0, 16]);
  return Buffer.concat([
    box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    box('jp2h', Buffer.concat([box('ihdr', header), box('colr', colour)])),
    box('jp2c', codestream),
  ]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** Two pictures packed with HEVC: the bridge, 320 × 200, and a street, 240 × 160. */
export function heicOfTwo(): Buffer {
  return readFileSync(new URL('../data/heic/bridge-and-street.heic', import.meta.url));
}

/** A sequence of three frames in AVIF, 64 × 64. */
export function sequenceOfThree(): Buffer {
  return readFileSync(new URL('../data/heic/three-frames.avif', import.meta.url));
}
