import { type Media } from '@leakwatch/contracts';

/** Its pages are drawn, and looked at as pictures. */
const DOCUMENT = 'application/pdf';

const TYPES_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  ['heic', 'image/heic'],
  ['tif', 'image/tiff'],
  ['tiff', 'image/tiff'],
  ['bmp', 'image/bmp'],
  ['jp2', 'image/jp2'],
  ['jxl', 'image/jxl'],
  ['pdf', DOCUMENT],
  ['mp4', 'video/mp4'],
  ['mov', 'video/quicktime'],
  ['webm', 'video/webm'],
  ['mkv', 'video/x-matroska'],
  ['mp3', 'audio/mpeg'],
  ['m4a', 'audio/mp4'],
  ['ogg', 'audio/ogg'],
  ['wav', 'audio/wav'],
]);

/** First bytes that identify a kind of file: offset, ASCII, type. */
const SIGNATURES: readonly (readonly [number, string, string])[] = [
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, 'GIF8', 'image/gif'],
  [8, 'WEBP', 'image/webp'],
  [4, 'ftypavif', 'image/avif'],
  [4, 'ftyphei', 'image/heic'],
  [4, 'ftypmif1', 'image/heic'],
  [0, 'II*\0', 'image/tiff'],
  [0, 'MM\0*', 'image/tiff'],
  [0, 'BM', 'image/bmp'],
  [4, 'jP  ', 'image/jp2'],
  [4, 'JXL ', 'image/jxl'],
  [0, '\xff\x0a', 'image/jxl'],
  [0, '%PDF-', DOCUMENT],
  [4, 'ftypqt', 'video/quicktime'],
  [4, 'ftyp', 'video/mp4'],
  [0, '\x1aE\xdf\xa3', 'video/webm'],
];

/**
 * Kind of a medium by its declared type, or else by the extension of its name or address. PDF documents and unknown ones count as images, so
 * that they can't escape the image lane, which checks their bytes.
 */
export function mediaKind(declaredMime: string | undefined, name: string): Media['kind'] {
  const type = declaredMime ?? typeByName(name) ?? 'image/unknown';
  const [essence = ''] = type.toLowerCase().split(';');
  if (essence.trim() === DOCUMENT) return 'image';
  const [family] = essence.split('/');
  if (family === 'image' || family === 'video' || family === 'audio') return family;
  return 'other';
}

/** Media type of stored bytes, by their content and not by their name. */
export function typeOfBytes(bytes: Uint8Array, name: string): string {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const signature = SIGNATURES.find(([offset, text]) => head.startsWith(text, offset));
  return signature?.[2] ?? typeByName(name) ?? 'application/octet-stream';
}

function typeByName(name: string): string | undefined {
  const extension = /\.([a-z0-9]{1,5})(?:[?#].*)?$/i.exec(name)?.[1];
  return extension === undefined ? undefined : TYPES_BY_EXTENSION.get(extension.toLowerCase());
}
