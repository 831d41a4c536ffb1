import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { z } from 'zod';
import { startPdfium } from '../../decode/pdfium.ts';

/** A page of a document: its size in points, and its drawing in PDF's own operators. */
interface Page {
  readonly width: number;
  readonly height: number;
  readonly content: string | Buffer;
}

/** Numbers of the first objects: the catalogue and the tree of pages. */
const FIRST = 3;

/** Writes a document. Drawings reach `objects`, which are numbered from 3, by the names /X3, /X4 … */
export function documentOf(pages: readonly Page[], objects: readonly Buffer[] = []): Buffer {
  const resources = objects.map((_, i) => `/X${FIRST + i} ${FIRST + i} 0 R`).join(' ');
  const firstPage = FIRST + objects.length;
  const bodies = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(
      `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${firstPage + i * 2} 0 R`).join(' ')}] >>`,
    ),
    ...objects,
    ...pages.flatMap(({ width, height, content }, i) => [
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${firstPage + i * 2 + 1} 0 R ` +
          `/Resources << /XObject << ${resources} >> >> >>`,
      ),
      stream('', Buffer.from(content)),
    ]),
  ];
  const parts = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  let at = parts[0]!.length;
  for (const [i, body] of bodies.entries()) {
    const object = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    places.push(at);
    at += object.length;
    parts.push(object);
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A stream object, whose dictionary has further entries. */
function stream(entries: string, data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${entries} /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);
}

/** A document of photographs, one a page, on paper of A4. */
export async function pagesOf(pictures: readonly Uint8Array[]): Promise<Buffer> {
  const objects: Buffer[] = [];
  for (const picture of pictures) {
    const { data, info } = await sharp(picture)
      .resize(800, 800, { fit: 'inside' })
      .jpeg({ quality: 85 })
      .toBuffer({ resolveWithObject: true });
    objects.push(
      stream(
        `/Type /XObject /Subtype /Image /Width ${info.width} /Height ${info.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
        data,
      ),
    );
  }
  return documentOf(
    pictures.map((_, i) => ({
      width: 595,
      height: 842,
      content: `q 480 0 0 320 57 400 cm /X${FIRST + i} Do Q`,
    })),
    objects,
  );
}

/** Functions of the same library that write. */
interface Writing {
  EPDF_SetEncryption(document: number, user: string, owner: string, permissions: number): boolean;
  PDFiumExt_OpenFileWriter(): number;
  PDFiumExt_SaveAsCopy(document: number, writer: number): void;
  PDFiumExt_GetFileWriterSize(writer: number): number;
  PDFiumExt_GetFileWriterData(writer: number, at: number, size: number): number;
}
const WritingSchema = z.custom<Writing>(
  (api) => typeof api === 'object' && api !== null && 'PDFiumExt_SaveAsCopy' in api,
);

/** The same document, locked by a password. */
async function locked(document: Uint8Array): Promise<Buffer> {
  const { api, put, heap } = await startPdfium();
  const writing = WritingSchema.parse(api);
  const opened = api.FPDF_LoadMemDocument(put(document), document.length, '');
  writing.EPDF_SetEncryption(opened, 'open sesame', 'owner', 0);
  const writer = writing.PDFiumExt_OpenFileWriter();
  writing.PDFiumExt_SaveAsCopy(opened, writer);
  const size = writing.PDFiumExt_GetFileWriterSize(writer);
  const at = api.pdfium.wasmExports.malloc(size);
  writing.PDFiumExt_GetFileWriterData(writer, at, size);
  return Buffer.from(heap().slice(at, at + size));
}

const DRAWING = { width: 595, height: 842 };

/** Documents that ask for more than they are: each with the reason that it is refused for, or `fingerprint`. */
export async function hostileDocuments(
  sound: Buffer,
): Promise<readonly (readonly [name: string, file: Buffer, outcome: string])[]> {
  const page = (content: string | Buffer) => ({ ...DRAWING, content });
  const zeros = deflateSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 });
  const image = (side: number) =>
    stream(
      `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode`,
      zeros,
    );
  const form = (content: string, next: number) =>
    stream(
      `/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /N ${next} 0 R >> >>`,
      Buffer.from(content),
    );
  return [
    ['locked by a password', await locked(sound), 'unsupported-codec'],
    ['no page', documentOf([]), 'corrupt'],
    ['only a header', Buffer.from('%PDF-1.7\n1 0 obj'), 'truncated'],
    ['an endless page', documentOf([{ width: 1e30, height: 1e30, content: '' }]), 'fingerprint'],
    ['a hair', documentOf([{ width: 1, height: 1e7, content: '' }]), 'corrupt'],
    [
      'a page of 10 by 10 kilometres',
      documentOf([{ width: 28_000_000, height: 28_000_000, content: '0 0 14000000 14000000 re f' }]),
      'fingerprint',
    ],
    [
      'thousands of pages',
      documentOf(Array.from({ length: 5000 }, (_, i) => page(`0 0 ${i % 500} 300 re f`))),
      'fingerprint',
    ],
    [
      'a picture of 900 megapixels',
      documentOf([page('q 500 0 0 500 0 0 cm /X3 Do Q')], [image(30_000)]),
      'fingerprint',
    ],
    ['a drawing in itself', documentOf([page('/X3 Do')], [form('/N Do '.repeat(50), 3)]), 'too-many-pixels'],
    [
      'a drawing of ten drawings of ten drawings',
      documentOf(
        [page('/X3 Do')],
        Array.from({ length: 12 }, (_, i) =>
          form(i === 11 ? '0 0 9 9 re f' : '/N Do '.repeat(10), FIRST + i + 1),
        ),
      ),
      'too-many-pixels',
    ],
  ];
}
