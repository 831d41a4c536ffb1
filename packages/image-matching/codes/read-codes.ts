/**
 * Reads QR codes and barcodes by ZXing in WebAssembly, which loads with the first picture in doubt. Only kinds with a check of their own
 * are read: a misread code would look like another one.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as ZXing from 'zxing-wasm/reader';
import { type RectShares } from '../regions/shares.ts';

/** A code in a picture. */
export interface Code {
  readonly kind: string;
  readonly payload: string;
  /** The upright rectangle around it. */
  readonly place: RectShares;
}

const OPTIONS: ZXing.ReaderOptions = {
  formats: [
    ...(['QRCode', 'MicroQRCode', 'RMQRCode', 'DataMatrix', 'Aztec', 'PDF417'] as const),
    ...(['EAN13', 'EAN8', 'UPCA', 'UPCE', 'Code128', 'DataBar'] as const),
  ],
  maxNumberOfSymbols: 8,
};

type Reader = typeof ZXing;
let reader: Promise<Reader> | null = null;

/** @param picture a JPEG file, and its size */
export async function readCodes(
  picture: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Code[]> {
  reader ??= startReader();
  const { readBarcodes, purgeZXingModule } = await reader;
  try {
    const found = await readBarcodes(picture, OPTIONS);
    return found.map(({ format, text, position }) => {
      const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft];
      const [x, y] = [corners.map((corner) => corner.x / width), corners.map((corner) => corner.y / height)];
      const place = {
        ...{ left: Math.min(...x), top: Math.min(...y) },
        ...{ right: Math.max(...x), bottom: Math.max(...y) },
      };
      return { kind: format, payload: text, place };
    });
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    // A picture that ends the reader has no code that anybody could read; its memory can't be trusted any more.
    purgeZXingModule();
    reader = null;
    return [];
  }
}

/** Gives it its WebAssembly: by itself it would ask a server on the internet. */
async function startReader(): Promise<Reader> {
  const loaded = await import('zxing-wasm/reader');
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const { buffer } = new Uint8Array(await readFile(file));
  await loaded.prepareZXingModule({ overrides: { wasmBinary: buffer }, fireImmediately: true });
  return loaded;
}
