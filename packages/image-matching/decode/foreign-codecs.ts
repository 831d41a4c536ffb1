/**
 * Decoders for what sharp can't: HEVC in HEIC (libheif), JPEG XL (libjxl) and JPEG 2000 (OpenJPEG), in WebAssembly. They stay packages of
 * their own in the bundle, as libheif's licence asks.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { Codec } from './codec.ts';
import { limitMemory } from './limit-memory.ts';

/** Bytes a pixel that decoders take at most: measured with pictures of 48 megapixels, and rounded up. */
export const JXL_BYTES_PER_PIXEL = 32;
export const JPEG_2000_BYTES_PER_PIXEL = 20;
const HEVC_BYTES_PER_PIXEL = 20;

/** Unpacked pixels. */
export interface RawImage {
  readonly width: number;
  readonly height: number;
  /** Bytes a pixel: grey, colours, or colours with opacity. */
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

interface HeifImage {
  get_width(): number;
  get_height(): number;
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (shown: unknown) => void,
  ): void;
  free(): void;
}
interface Libheif {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] };
}
interface JxlDecoder {
  decode(file: Uint8Array): { data: Uint8ClampedArray; width: number; height: number } | null;
}
interface Jpeg2000 {
  readonly J2KDecoder: new () => {
    getEncodedBuffer(length: number): Uint8Array;
    decodeSubResolution(halvings: number, layers: number): void;
    getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
    calculateSizeAtDecompositionLevel(halvings: number): { width: number; height: number };
    getDecodedBuffer(): Uint8ClampedArray;
    delete(): void;
  };
}

/** Settings of programs that Emscripten made. What they print is dropped: it would quote a stranger's file. */
const QUIET = { print: () => undefined, printErr: () => undefined, noInitialRun: true };
type Start<Decoder> = (options: typeof QUIET & { wasmBinary: Uint8Array }) => Decoder | Promise<Decoder>;

const isFunction = (value: unknown) => typeof value === 'function';
const LibheifSchema = z.custom<Start<Libheif>>(isFunction);
const JxlModuleSchema = z.object({ default: z.custom<Start<JxlDecoder>>(isFunction) });
const Jpeg2000Schema = z.custom<Start<Jpeg2000>>(isFunction);

const locate = createRequire(import.meta.url);

const libheif = new Codec(HEVC_BYTES_PER_PIXEL, async (memoryBytes) =>
  LibheifSchema.parse(locate('libheif-js/libheif-wasm/libheif.js'))({
    ...QUIET,
    wasmBinary: await programOf('libheif-js/libheif-wasm/libheif.wasm', memoryBytes),
  }),
);

const jxl = new Codec(JXL_BYTES_PER_PIXEL, async (memoryBytes) => {
  const loaded: unknown = await import(locate.resolve('@jsquash/jxl/codec/dec/jxl_dec.js'));
  return JxlModuleSchema.parse(loaded).default({
    ...QUIET,
    wasmBinary: await programOf('@jsquash/jxl/codec/dec/jxl_dec.wasm', memoryBytes),
  });
});

const jpeg2000 = new Codec(JPEG_2000_BYTES_PER_PIXEL, async (memoryBytes) =>
  Jpeg2000Schema.parse(locate('@cornerstonejs/codec-openjpeg/decodewasmjs'))({
    ...QUIET,
    wasmBinary: await programOf('@cornerstonejs/codec-openjpeg/decodewasm', memoryBytes),
  }),
);

async function programOf(name: string, memoryBytes: number): Promise<Uint8Array> {
  return limitMemory(await readFile(locate.resolve(name)), memoryBytes);
}

/**
 * Unpacks the pictures of a HEIC file one after another, the first one first, and hands each to `take`, which may refuse by its size to have
 * it unpacked.
 *
 * @returns the number of pictures in the file
 */
export async function decodeHevc(
  bytes: Uint8Array,
  pixels: number,
  isWanted: (size: { width: number; height: number }, index: number) => boolean,
  take: (image: RawImage, index: number) => Promise<void>,
): Promise<number> {
  return libheif.use(pixels, async ({ HeifDecoder }) => {
    const images = new HeifDecoder().decode(bytes);
    try {
      for (const [index, image] of images.entries()) {
        const [width, height] = [image.get_width(), image.get_height()];
        if (isWanted({ width, height }, index)) await take(await displayed(image, width, height), index);
      }
      return images.length;
    } finally {
      for (const image of images) image.free();
    }
  });
}

async function displayed(image: HeifImage, width: number, height: number): Promise<RawImage> {
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  const shown = await new Promise<unknown>((resolve) => image.display(target, resolve));
  if (shown === null || shown === undefined) throw new Error('its pixels are damaged');
  return { width, height, channels: 4, data: new Uint8Array(target.data.buffer) };
}

export async function decodeJxl(bytes: Uint8Array, pixels: number): Promise<RawImage> {
  return jxl.use(pixels, (decoder) => {
    const shown = decoder.decode(bytes);
    if (shown === null) throw new Error('its pixels are damaged');
    const { data, width, height } = shown;
    return { width, height, channels: 4, data: bytesOf(data) };
  });
}

/** @param halvings times that the picture is halved: its finest details are not unpacked */
export async function decodeJpeg2000(bytes: Uint8Array, pixels: number, halvings: number): Promise<RawImage> {
  return jpeg2000.use(pixels, ({ J2KDecoder }) => {
    const decoder = new J2KDecoder();
    try {
      decoder.getEncodedBuffer(bytes.length).set(bytes);
      decoder.decodeSubResolution(halvings, 0);
      const { bitsPerSample, componentCount } = decoder.getFrameInfo();
      const { width, height } = decoder.calculateSizeAtDecompositionLevel(halvings);
      const data = bytesOf(decoder.getDecodedBuffer());
      const isWhole = data.length > 0 && data.length === width * height * componentCount;
      if (!isWhole || bitsPerSample > 8) throw new Error('its pixels are damaged');
      if (componentCount !== 1 && componentCount !== 3) throw new Error(`it has ${componentCount} channels`);
      return { width, height, channels: componentCount, data };
    } finally {
      decoder.delete();
    }
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8ClampedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
