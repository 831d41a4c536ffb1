/** Draws the pages of a PDF document (docs/decisions/0214). A page is drawn in the size that is looked at, however large it claims to be. */
import { ImageError } from '../errors/image-error.ts';
import { LONGEST_ASPECT, TILED_LENGTH } from './cut-strip.ts';
import { isCutShort } from './cut-short.ts';
import { startPdfium, type Pdfium } from './pdfium.ts';
import { type Still, type StillList } from './still.ts';

/** Most pages that are drawn: the first ones and the last. */
const MAX_PAGES = 24;
/** Time for all pages, after which those that are not begun are left out, and for one, which then shows what is drawn so far. */
const DOCUMENT_MS = 8000;
const PAGE_MS = 3000;
/** A page that is thinner than this shows nothing to recognise. */
const MIN_SIDE_PX = 16;

/** PDFium's numbers. */
const WHITE = 0xffffffff;
const COLOURS_WITH_FILLER = 3;
const BYTES_PER_PIXEL = 4;
const WITH_ANNOTATIONS = 0x01;
const RED_FIRST = 0x10;
const TO_BE_CONTINUED = 1;
const WRONG_PASSWORD = 4;
const UNKNOWN_PROTECTION = 5;

type Drawn = Required<StillList>;

/**
 * Draws the pages of a document, at most `most` of them, the last one among them.
 *
 * @throws ImageError `unsupported-codec` for a locked document, `truncated`, `corrupt`, or `too-many-pixels` when it takes too much memory
 */
export async function unpackPdf(bytes: Uint8Array, maxSidePx: number, most: number): Promise<Drawn> {
  const pdfium = await startPdfium();
  try {
    return drawPages(pdfium, bytes, maxSidePx, Math.min(most, MAX_PAGES));
  } catch (cause) {
    if (cause instanceof ImageError || !pdfium.isFull()) throw cause;
    const message = 'the pdf document takes more memory than a document may';
    throw new ImageError('too-many-pixels', message, { cause });
  }
}

function drawPages(pdfium: Pdfium, bytes: Uint8Array, maxSidePx: number, most: number): Drawn {
  const { api } = pdfium;
  const document = api.FPDF_LoadMemDocument(pdfium.put(bytes), bytes.length, '');
  if (document === 0) throw refusal(api.FPDF_GetLastError(), bytes);
  const total = api.FPDF_GetPageCount(document);
  if (total <= 0) throw refusal(0, bytes);
  const until = performance.now() + DOCUMENT_MS;
  const stills: Still[] = [];
  let unfinished = 0;
  for (const page of pagesToDraw(total, most)) {
    const now = performance.now();
    if (now > until) break;
    const drawn = drawPage(pdfium, document, page, maxSidePx, Math.min(until, now + PAGE_MS));
    if (drawn === null) continue;
    stills.push(drawn.still);
    if (!drawn.isWhole) unfinished++;
  }
  if (stills.length === 0) throw refusal(0, bytes);
  return {
    stills: stills.toSorted((a, b) => a.number - b.number),
    total,
    flaw: isCutShort('pdf', bytes)
      ? 'the pdf document has no end mark; pages may be missing'
      : unfinished > 0
        ? `${unfinished} pages took too long to be drawn whole`
        : null,
  };
}

/** The first page, the last one, and those between, as the time may not do for all. */
function pagesToDraw(total: number, most: number): number[] {
  const first = Array.from({ length: Math.min(total, most) }, (_, page) => page);
  if (first.length < 2) return first;
  const [cover, ...others] = first;
  return [cover!, total - 1, ...others.slice(0, -1)];
}

/** Null for a page that can't be read, or that is too thin. */
function drawPage(
  pdfium: Pdfium,
  document: number,
  number: number,
  maxSidePx: number,
  until: number,
): { still: Still; isWhole: boolean } | null {
  const { api, heap } = pdfium;
  const page = api.FPDF_LoadPage(document, number);
  if (page === 0) return null;
  const size = sizeInPixels(api.FPDF_GetPageWidthF(page), api.FPDF_GetPageHeightF(page), maxSidePx);
  if (size === null) return null;
  const { width, height } = size;
  const bitmap = api.FPDFBitmap_CreateEx(width, height, COLOURS_WITH_FILLER, 0, 0);
  if (bitmap === 0) throw new RangeError('no memory for a page');
  api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  const isWhole = draw(pdfium, bitmap, page, size, until);
  const at = api.FPDFBitmap_GetBuffer(bitmap);
  const pixels = heap().slice(at, at + width * height * BYTES_PER_PIXEL);
  api.FPDFBitmap_Destroy(bitmap);
  api.FPDF_ClosePage(page);
  return {
    still: {
      bytes: opaque(pixels),
      input: { raw: { width, height, channels: BYTES_PER_PIXEL } },
      number: number + 1,
      durationMs: null,
    },
    isWhole,
  };
}

/** A long page keeps a shorter side that is wide enough for tiles. */
function sizeInPixels(
  widthPt: number,
  heightPt: number,
  maxSidePx: number,
): { width: number; height: number } | null {
  const [short, long] = [Math.min(widthPt, heightPt), Math.max(widthPt, heightPt)];
  if (!(short > 0) || !Number.isFinite(long)) return null;
  const forTiles = Math.min(maxSidePx / 2 / short, ((maxSidePx / 2) * TILED_LENGTH) / long);
  const scale = long / short > LONGEST_ASPECT ? forTiles : maxSidePx / long;
  const [width, height] = [Math.round(widthPt * scale), Math.round(heightPt * scale)];
  return Math.min(width, height) < MIN_SIDE_PX ? null : { width, height };
}

/** Draws until the time is up, which PDFium asks for between the parts of a page; tells whether all of it is drawn. */
function draw(
  { api }: Pdfium,
  bitmap: number,
  page: number,
  { width, height }: { width: number; height: number },
  until: number,
): boolean {
  const { pdfium } = api;
  const isTimeUp = pdfium.addFunction(() => (performance.now() > until ? 1 : 0), 'ii');
  // Its fields: version 1, the function, its own data.
  const pause = pdfium.wasmExports.malloc(12);
  for (const [i, field] of [1, isTimeUp, 0].entries()) pdfium.setValue(pause + i * 4, field, 'i32');
  const flags = WITH_ANNOTATIONS | RED_FIRST;
  const status = api.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, flags, pause);
  api.FPDF_RenderPage_Close(page);
  pdfium.wasmExports.free(pause);
  pdfium.removeFunction(isTimeUp);
  return status !== TO_BE_CONTINUED;
}

/** The fourth byte of a pixel is filler. */
function opaque(pixels: Uint8Array): Uint8Array {
  for (let at = 3; at < pixels.length; at += BYTES_PER_PIXEL) pixels[at] = 255;
  return pixels;
}

function refusal(error: number, bytes: Uint8Array): ImageError {
  if (error === WRONG_PASSWORD) {
    return new ImageError('unsupported-codec', 'the pdf document opens with a password only');
  }
  if (error === UNKNOWN_PROTECTION) {
    return new ImageError('unsupported-codec', 'the pdf document is protected in a way that is not known');
  }
  if (isCutShort('pdf', bytes)) return new ImageError('truncated', 'the pdf document ends too early');
  return new ImageError('corrupt', 'the pdf document has no page that can be drawn');
}
