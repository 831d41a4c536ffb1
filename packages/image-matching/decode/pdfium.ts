/** PDFium in WebAssembly, started for one document: its memory goes with it. It stays a package of its own in the bundle. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { limitMemory } from './limit-memory.ts';

/** Most memory for a document, its pages and the pictures in them. */
export const PDF_MEMORY_BYTES = 256 * 1024 * 1024;
/** Nearer to the limit than this, a failure is one of memory. */
const NEAR_LIMIT = 0.75;

/** Functions of PDFium (`fpdfview.h`) that are called here; handles and addresses are numbers. */
interface PdfiumApi {
  readonly pdfium: {
    readonly HEAPU8: Uint8Array;
    readonly wasmExports: { malloc(bytes: number): number; free(at: number): void };
    addFunction(called: () => number, signature: string): number;
    removeFunction(called: number): void;
    setValue(at: number, value: number, type: 'i32'): void;
  };
  FPDF_InitLibrary(): void;
  FPDF_LoadMemDocument(at: number, bytes: number, password: string): number;
  FPDF_GetLastError(): number;
  FPDF_GetPageCount(document: number): number;
  FPDF_LoadPage(document: number, index: number): number;
  FPDF_GetPageWidthF(page: number): number;
  FPDF_GetPageHeightF(page: number): number;
  FPDF_ClosePage(page: number): void;
  FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number;
  FPDFBitmap_FillRect(
    bitmap: number,
    left: number,
    top: number,
    width: number,
    height: number,
    colour: number,
  ): void;
  FPDFBitmap_GetBuffer(bitmap: number): number;
  FPDFBitmap_Destroy(bitmap: number): void;
  FPDF_RenderPageBitmap_Start(
    bitmap: number,
    page: number,
    left: number,
    top: number,
    width: number,
    height: number,
    turn: number,
    flags: number,
    pause: number,
  ): number;
  FPDF_RenderPage_Close(page: number): void;
}

interface Start {
  init(options: { wasmBinary: ArrayBuffer; print: () => void; printErr: () => void }): Promise<PdfiumApi>;
}
const StartSchema = z.custom<Start>(
  (loaded) => typeof loaded === 'object' && loaded !== null && 'init' in loaded,
);

const locate = createRequire(import.meta.url);

export interface Pdfium {
  readonly api: PdfiumApi;
  /** The module's memory, which moves when it grows. */
  readonly heap: () => Uint8Array;
  /** Copies bytes into the memory; gives their address. */
  readonly put: (bytes: Uint8Array) => number;
  /** Whether hardly any of the memory is left, so that a failure has this cause. */
  readonly isFull: () => boolean;
}

export async function startPdfium(): Promise<Pdfium> {
  const program = await readFile(locate.resolve('@embedpdf/pdfium/pdfium.wasm'));
  // It is given its WebAssembly: by itself it would ask a server on the internet. What it prints would quote a stranger's file.
  const { buffer } = limitMemory(program, PDF_MEMORY_BYTES);
  const api = await StartSchema.parse(locate('@embedpdf/pdfium')).init({
    wasmBinary: buffer,
    print: () => undefined,
    printErr: () => undefined,
  });
  api.FPDF_InitLibrary();
  const heap = () => api.pdfium.HEAPU8;
  return {
    api,
    heap,
    put: (bytes) => {
      const at = api.pdfium.wasmExports.malloc(bytes.length);
      if (at === 0) throw new RangeError('the document is larger than the memory for it');
      heap().set(bytes, at);
      return at;
    },
    isFull: () => heap().length > PDF_MEMORY_BYTES * NEAR_LIMIT,
  };
}
