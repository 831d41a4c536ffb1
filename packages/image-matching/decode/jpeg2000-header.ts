import { findBox } from './find-box.ts';

/** Header of a JPEG 2000 codestream (ISO/IEC 15444-1, annex A). */
interface Jpeg2000Header {
  readonly width: number;
  readonly height: number;
  /** Times that the picture can be halved by leaving out its finest details. */
  readonly levels: number;
  /** A feature that the decoder can't show rightly; null for an ordinary picture. */
  readonly unknown: string | null;
}

const SIZE = 0xff51;
const CODING = 0xff52;
const CODING_OF_COMPONENT = 0xff53;
const FIRST_TILE = 0xff90;
const MAX_LEVELS = 32;

export function beginsLikeJpeg2000(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12));
  return head.toString('latin1', 4, 8) === 'jP  ' || isCodestream(head);
}

/** Reads the header; null for one that is not whole. */
export function readJpeg2000Header(bytes: Uint8Array): Jpeg2000Header | null {
  const start = startOfCodestream(bytes);
  if (start === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  try {
    return readCodestream(view);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readCodestream(view: DataView): Jpeg2000Header | null {
  if (view.getUint16(2) !== SIZE) return null;
  const [left, top] = [view.getUint32(16), view.getUint32(20)];
  const width = view.getUint32(8) - left;
  const height = view.getUint32(12) - top;
  if (width <= 0 || height <= 0) return null;
  const components = Array.from({ length: Math.min(5, view.getUint16(40)) }, (_, i) => ({
    depth: view.getUint8(42 + i * 3),
    across: view.getUint8(43 + i * 3),
    down: view.getUint8(44 + i * 3),
  }));
  const unknown =
    left !== 0 || top !== 0 ? 'a canvas that begins outside of the picture' : unknownComponents(components);
  return { width, height, levels: levelsOf(view), unknown };
}

interface Component {
  /** Bits a sample less one, and 128 for signed ones. */
  readonly depth: number;
  readonly across: number;
  readonly down: number;
}

/** The decoder gives grey and colours of 8 bits. Colours may be stored at half the size, in one of two ways. */
function unknownComponents(components: readonly Component[]): string | null {
  if (components.length !== 1 && components.length !== 3) return `${components.length} channels`;
  if (components.some(({ depth }) => depth !== 7)) return 'other than 8 bits a sample';
  const sizes = components.map(({ across, down }) => `${across}${down}`).join(' ');
  return ['11', '11 11 11', '11 21 21', '11 22 22'].includes(sizes) ? null : 'channels of different sizes';
}

/** Gives the least number of levels of any component; they end where the first tile begins. */
function levelsOf(view: DataView): number {
  let levels = MAX_LEVELS;
  for (let at = 2; view.getUint16(at) !== FIRST_TILE; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === CODING) levels = Math.min(levels, view.getUint8(at + 9));
    if (marker === CODING_OF_COMPONENT) levels = Math.min(levels, view.getUint8(at + 6));
    if (marker < 0xff00) return 0;
  }
  return levels === MAX_LEVELS ? 0 : levels;
}

/** The codestream is the file, or lies in a box of a container. */
function startOfCodestream(bytes: Uint8Array): number | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isCodestream(buffer)) return 0;
  const box = findBox(bytes, ['jp2c']);
  return box !== null && isCodestream(buffer.subarray(box.contentAt)) ? box.contentAt : null;
}

function isCodestream(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
}
