import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../decode/decode-image.ts';
import { pictureType } from '../decode/open-picture.ts';
import { createImageEngine, ImageError, type ImageEngine } from '../index.ts';
import { documentOf, hostileDocuments, pagesOf } from './helpers/documents.ts';
import { bridge, streetScenes } from './helpers/pictures.ts';

describe('the pages of a PDF document', () => {
  it('are drawn as pictures, under any name and behind junk', async () => {
    const file = await pagesOf([bridge(), ...streetScenes().slice(0, 2)]);
    for (const bytes of [file, Buffer.concat([Buffer.from('\r\n\r\n'), file])]) {
      expect(pictureType(bytes)).toBe('application/pdf');
      const { format, frames, notes, widthPx, heightPx } = await decodeImage(bytes, 640);
      expect([format, widthPx, heightPx, notes]).toEqual(['pdf', 452, 640, []]);
      expect(frames.map(({ number, width, height }) => [number, width, height])).toEqual([
        [1, 452, 640],
        [2, 452, 640],
        [3, 452, 640],
      ]);
    }
  });

  it('are the first 23 and the last of many; the others are counted and named', async () => {
    const pages = Array.from({ length: 30 }, (_, i) => ({
      width: 300,
      height: 300,
      content: `${(i % 5) / 4} ${(i % 7) / 6} ${(i % 3) / 2} rg ${i * 9} ${(i * 77) % 200} 90 90 re f`,
    }));
    const { frames, notes } = await decodeImage(documentOf(pages), 320);
    expect(frames.map(({ number }) => number)).toContain(30);
    expect(notes).toEqual([
      {
        kind: 'unseen',
        message: '6 of 30 frames or pages were not looked at: 24, 25, 26, 27, 28, 29',
      },
    ]);
  });

  it('of a document that breaks off are those that are there, marked as partial', async () => {
    const file = await pagesOf(streetScenes().slice(2, 4));
    const { frames, notes } = await decodeImage(file.subarray(0, file.length - 8), 320);
    expect(frames).toHaveLength(2);
    expect(notes[0]).toEqual({
      kind: 'partial',
      message: 'the pdf document has no end mark; pages may be missing',
    });
    const half = file.subarray(0, file.length / 2);
    await expect(decodeImage(half, 320)).rejects.toMatchObject({ reason: 'truncated' });
  });

  it('that are very long are looked at in tiles', async () => {
    const strip = documentOf([{ width: 600, height: 6000, content: '0 0 300 3000 re f' }]);
    const { tiles, widthPx, heightPx } = await decodeImage(strip, 640);
    expect([widthPx, heightPx]).toEqual([320, 3200]);
    expect(tiles.length).toBeGreaterThan(5);
  });
});

describe('a hostile document', () => {
  let engine: ImageEngine;
  beforeAll(async () => {
    engine = await createImageEngine({ workers: 1, deadlineMs: 15_000 });
  });
  afterAll(() => engine.close());

  it('is refused by name, or shown in part, and the next one is drawn', async () => {
    const sound = await pagesOf([await sharp(bridge()).resize(200).jpeg().toBuffer()]);
    const outcomes: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const [name, file, outcome] of await hostileDocuments(sound)) {
      wanted[name] = outcome;
      outcomes[name] = await engine.fingerprint(file).then(
        () => 'fingerprint',
        (error: unknown) => (error instanceof ImageError ? error.reason : String(error)),
      );
    }
    expect(outcomes).toEqual(wanted);
    expect((await engine.fingerprint(sound)).heightPx).toBe(640);
  });
});
