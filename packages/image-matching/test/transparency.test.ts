import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fingerprintAsset, fingerprintPost } from '../fingerprint/fingerprint-image.ts';
import { compileImageMatcher } from '../index.ts';
import { streetScenes } from './helpers/pictures.ts';

const [WIDTH, HEIGHT] = [640, 400];

/** A mark of shapes alone, so that no font is needed. */
function logo(ink: string): Buffer {
  const bars = [0, 1, 2, 3, 4, 5]
    .map(
      (i) =>
        `<rect x="${280 + i * 55}" y="${120 + ((i * 37) % 70)}" width="34" height="${90 + ((i * 53) % 80)}" rx="${i * 3}"/>`,
    )
    .join('');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" fill="${ink}"><circle cx="150" cy="190" r="84" fill="none" stroke="${ink}" stroke-width="26"/><path d="M110 170 L190 160 L150 235 Z"/>${bars}<path d="M90 320 h460 v16 h-460 z"/></svg>`,
  );
}

const transparent = (ink: string) => sharp(logo(ink)).png().toBuffer();

async function posted(ink: string, ground: Buffer): Promise<Uint8Array> {
  const picture = await sharp(ground)
    .resize(WIDTH, HEIGHT, { fit: 'cover' })
    .composite([{ input: logo(ink) }])
    .jpeg({ quality: 85 })
    .toBuffer();
  return (await fingerprintPost(picture)).data;
}

const plain = (background: string) =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
    .png()
    .toBuffer();

describe('ink on a transparent ground', () => {
  it('is found on any ground, and light ink is not dark ink', async () => {
    const items = await Promise.all(
      (['white', 'black'] as const).map(async (ink) => ({
        ...{ campaignId: 'c', assetId: ink },
        data: (await fingerprintAsset(await transparent(ink))).data,
      })),
    );
    const matcher = compileImageMatcher(items);
    const idsOf = async (fingerprint: Uint8Array) =>
      (await matcher.match(fingerprint)).map(({ itemId }) => itemId);
    expect(await idsOf(await posted('white', await plain('#101820')))).toEqual(['white']);
    expect(await idsOf(await posted('black', await plain('#f4f0e8')))).toEqual(['black']);
    expect(await idsOf(await posted('white', Buffer.from(streetScenes()[0]!)))).toEqual(['white']);
    const asPosted = await fingerprintPost(await transparent('white'));
    expect(await idsOf(asPosted.data)).toEqual(['white']);
  });
});
