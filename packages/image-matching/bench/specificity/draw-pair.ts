import sharp from 'sharp';
import { type FoundPair } from './count-false-pairs.ts';

const SIDE_PX = 480;
const FRAME_PX = 4;

/** Draws the asset and the innocent picture side by side, with the place where it was found, for people to judge. */
export async function drawPair({ asset, innocent, match }: FoundPair): Promise<Buffer> {
  const left = await fitted(asset.file);
  const right = await fitted(innocent.file);
  const corners = (match.region ?? [])
    .map(([x, y]) => `${left.width + x * right.width},${y * right.height}`)
    .join(' ');
  const width = left.width + right.width;
  const height = Math.max(left.height, right.height);
  const outline = `<svg width="${width}" height="${height}"><polygon points="${corners}" fill="none" stroke="red" stroke-width="${FRAME_PX}"/></svg>`;
  return sharp({ create: { width, height, channels: 3, background: 'white' } })
    .composite([
      { input: left.bytes, left: 0, top: 0 },
      { input: right.bytes, left: left.width, top: 0 },
      { input: Buffer.from(outline), left: 0, top: 0 },
    ])
    .jpeg()
    .toBuffer();
}

async function fitted(file: string) {
  const { data, info } = await sharp(file)
    .resize(SIDE_PX, SIDE_PX, { fit: 'inside' })
    .flatten({ background: 'white' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}
