import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { exactLuma } from '../../decode/luma.ts';
import { pdqFeatures, type PdqFeatures } from '../../pdq/pdq-hash.ts';

const DATA = new URL('../data/pdq-conformance/', import.meta.url);

/** Bytes of a photograph: a bridge, 1600 × 1004. */
export function bridge(): Uint8Array {
  return readFileSync(new URL('bridge-mods/aaa-orig.jpg', DATA));
}

/** Photographs of seven different street scenes. */
export function streetScenes(): Uint8Array[] {
  return ['q0003', 'q0004', 'q0122', 'q0291', 'q0746', 'q1050', 'q2821'].map((name) =>
    readFileSync(new URL(`reg-test-input/labelme-subset/${name}.jpg`, DATA)),
  );
}

/** PDQ from every pixel of a picture, as the reference computes it (no colour management, no resizing). */
export async function pdqAtFullSize(bytes: Uint8Array): Promise<PdqFeatures> {
  const { data, info } = await sharp(bytes, { ignoreIcc: true })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return pdqFeatures(exactLuma(data, info.width * info.height), info.width, info.height);
}

/** A picture after an edit by sharp, as a file again. */
export async function edited(bytes: Uint8Array, edit: (picture: Sharp) => Sharp): Promise<Uint8Array> {
  return edit(sharp(bytes)).jpeg({ quality: 90 }).toBuffer();
}
