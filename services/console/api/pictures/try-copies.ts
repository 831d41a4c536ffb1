import { DEFAULT_ALERT_ON } from '@leakwatch/contracts';
import { compileImageMatcher, type ImageEngine } from '@leakwatch/image-matching';
import sharp, { type Sharp } from 'sharp';

/** The longest side of the copies: what platforms keep of a picture. */
const LONGEST_PX = 1080;

/** Alterations that leaked pictures show, each made of an upright copy of a given size. */
const COPIES: readonly { kind: string; alter: (picture: Sharp, width: number, height: number) => Sharp }[] = [
  { kind: 'recompressed', alter: (picture) => picture.jpeg({ quality: 35 }) },
  { kind: 'small', alter: (picture) => picture.resize({ width: 240 }).jpeg({ quality: 70 }) },
  {
    kind: 'cropped',
    alter: (picture, width, height) =>
      picture
        .extract({
          left: Math.floor(width * 0.15),
          top: Math.floor(height * 0.15),
          width: Math.max(1, Math.floor(width * 0.7)),
          height: Math.max(1, Math.floor(height * 0.7)),
        })
        .jpeg({ quality: 80 }),
  },
  { kind: 'mirrored', alter: (picture) => picture.flop().jpeg({ quality: 80 }) },
  { kind: 'rotated', alter: (picture) => picture.rotate(90).jpeg({ quality: 80 }) },
  { kind: 'grey', alter: (picture) => picture.greyscale().jpeg({ quality: 80 }) },
  {
    kind: 'screenshot',
    alter: (picture, width, height) =>
      picture
        .extend({
          top: Math.floor(height * 0.4),
          bottom: Math.floor(height * 0.4),
          left: Math.floor(width * 0.1),
          right: Math.floor(width * 0.1),
          background: '#101014',
        })
        .jpeg({ quality: 80 }),
  },
];

/** Alters a registered picture in the ways in which leaks do, and tells which copies are found in a grade that alerts by default. */
export async function tryCopies(
  engine: Pick<ImageEngine, 'fingerprint' | 'show'>,
  bytes: Uint8Array,
  registered: Uint8Array,
): Promise<{ kind: string; found: boolean }[]> {
  const matcher = compileImageMatcher([{ campaignId: '', assetId: '', data: registered }]);
  const shown = await engine.show(bytes);
  const { data, info } = await sharp(shown.data, {
    raw: { width: shown.width, height: shown.height, channels: 3 },
  })
    .resize({ width: LONGEST_PX, height: LONGEST_PX, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  const copies: { kind: string; found: boolean }[] = [];
  for (const { kind, alter } of COPIES) {
    const copy = await alter(sharp(data), info.width, info.height).toBuffer();
    const { data: fingerprint } = await engine.fingerprint(copy);
    const matches = await matcher.match(fingerprint);
    copies.push({ kind, found: matches.some(({ grade }) => DEFAULT_ALERT_ON.includes(grade)) });
  }
  return copies;
}
