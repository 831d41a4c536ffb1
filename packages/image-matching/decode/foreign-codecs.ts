/**
 * Decoders for what sharp can't: HEVC in HEIC (libheif) and JPEG XL, both in WebAssembly. They load with the first picture that needs
 * them, and stay packages of their own in the bundle, as libheif's licence asks.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';

/** Unpacked pixels, four bytes each. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Number of pictures in the file. */
  readonly pictures: number;
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
type StartJxl = (options: { wasmBinary: Uint8Array; noInitialRun: boolean }) => Promise<JxlDecoder>;

const LibheifSchema = z.custom<Libheif>((value) => typeof value === 'object' && value !== null);
const JxlModuleSchema = z.object({
  default: z.custom<StartJxl>((value) => typeof value === 'function'),
});

const locate = createRequire(import.meta.url);
let libheif: Libheif | null = null;
let jxl: Promise<JxlDecoder> | null = null;

export async function decodeHevc(bytes: Uint8Array): Promise<RgbaImage> {
  libheif ??= LibheifSchema.parse(locate('libheif-js/wasm-bundle'));
  const images = new libheif.HeifDecoder().decode(bytes);
  const [first] = images;
  if (first === undefined) throw new Error('no picture in it');
  try {
    const [width, height] = [first.get_width(), first.get_height()];
    const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
    const shown = await new Promise<unknown>((resolve) => first.display(target, resolve));
    if (shown === null || shown === undefined) throw new Error('its pixels are damaged');
    return { width, height, data: new Uint8Array(target.data.buffer), pictures: images.length };
  } finally {
    for (const image of images) image.free();
  }
}

export async function decodeJxl(bytes: Uint8Array): Promise<RgbaImage> {
  jxl ??= startJxl();
  const shown = (await jxl).decode(bytes);
  if (shown === null) throw new Error('its pixels are damaged');
  const { data, width, height } = shown;
  return {
    width,
    height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    pictures: 1,
  };
}

async function startJxl(): Promise<JxlDecoder> {
  const script = locate.resolve('@jsquash/jxl/codec/dec/jxl_dec.js');
  const loaded: unknown = await import(script);
  const wasmBinary = await readFile(script.replace(/\.js$/, '.wasm'));
  return JxlModuleSchema.parse(loaded).default({ wasmBinary, noInitialRun: true });
}
