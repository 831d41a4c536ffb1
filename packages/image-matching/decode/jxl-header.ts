import { findBox } from './find-box.ts';

/** Aspects that JPEG XL's header names by a number from 1 to 7. */
const ASPECTS = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const;
const CODESTREAM_BOX = ['jxlc', 'jxlp'];

interface JxlHeader {
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
}

type ReadBits = (count: number) => number;

/** Reads size and kind of a JPEG XL picture from its header (ISO/IEC 18181-1, annex D); null for a header that is not whole. */
export function readJxlHeader(bytes: Uint8Array): JxlHeader | null {
  const start = startOfCodestream(bytes);
  if (start === null || start + 12 > bytes.length) return null;
  let at = (start + 2) * 8;
  const read: ReadBits = (count) => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value += (((bytes[at >>> 3] ?? 0) >>> (at & 7)) & 1) * 2 ** i;
    return value;
  };
  return { ...readSize(read), isAnimated: readIsAnimated(read) };
}

function readSize(read: ReadBits): { width: number; height: number } {
  const isSmall = read(1) === 1;
  const side = () => (isSmall ? (read(5) + 1) * 8 : read([9, 13, 18, 30][read(2)]!) + 1);
  const height = side();
  const aspect = ASPECTS[read(3) - 1];
  const width = aspect === undefined ? side() : Math.floor((height * aspect[0]) / aspect[1]);
  return { width, height };
}

/** The mark of an animation stands behind the orientation, and the sizes of the picture as shown and of a preview. */
function readIsAnimated(read: ReadBits): boolean {
  const isPlain = read(1) === 1;
  if (isPlain || read(1) === 0) return false;
  read(3);
  if (read(1) === 1) readSize(read);
  if (read(1) === 1) skipPreview(read);
  return read(1) === 1;
}

function skipPreview(read: ReadBits): void {
  const byEights = read(1) === 1;
  const side = () => {
    const choice = read(2);
    read((byEights ? [0, 0, 5, 9] : [6, 8, 10, 12])[choice]!);
  };
  side();
  if (read(3) === 0) side();
}

/** The codestream begins the file, or lies in a box of a container. */
function startOfCodestream(bytes: Uint8Array): number | null {
  if (bytes[0] === 0xff && bytes[1] === 0x0a) return 0;
  const box = findBox(bytes, CODESTREAM_BOX);
  // A part of a codestream begins with its number.
  return box === null ? null : box.contentAt + (box.type === 'jxlp' ? 4 : 0);
}
