import sharp from 'sharp';
import { hugePng } from '../test/helpers/hostile-files.ts';
import { randomNumbers } from '../test/helpers/random-hashes.ts';

const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;
/** Longer sides, mostly small, because the time of a soak grows with its pixels. */
const SIDES_PX = [48, 64, 64, 80, 80, 96, 128, 160, 240, 640];
const SHAPES = 40;

/** Makes different files in many formats, some of them animations; every tenth is broken or hostile. */
export async function soakPictures(count: number): Promise<Uint8Array[]> {
  const files: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    files.push(i % 10 === 9 ? broken(files, i) : await sound(i));
  }
  return files;
}

async function sound(i: number): Promise<Uint8Array> {
  const format = FORMATS[i % FORMATS.length]!;
  const isAnimation = (format === 'gif' || format === 'webp') && i % 4 === 0;
  if (!isAnimation) return sharp(drawing(i)).toFormat(format).toBuffer();
  const frames = await Promise.all([0, 1, 2, 3, 4].map((step) => sharp(drawing(i, step)).png().toBuffer()));
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

/** A crowd of shapes that a seed fixes; `step` moves them. */
function drawing(seed: number, step = 0): Buffer {
  const random = randomNumbers(seed);
  const side = SIDES_PX[Math.floor(random() * SIDES_PX.length)]!;
  const [width, height] = [side, Math.round(side * (0.6 + random() * 0.4))];
  const colour = () => `hsl(${Math.floor(random() * 360)} 60% ${Math.floor(20 + random() * 60)}%)`;
  const shapes = Array.from({ length: SHAPES }, () => {
    const [x, y, size] = [random() * width + step * 3, random() * height, (0.03 + random() * 0.2) * side];
    return random() < 0.5
      ? `<circle cx="${x}" cy="${y}" r="${size / 2}" fill="${colour()}"/>`
      : `<rect x="${x}" y="${y}" width="${size}" height="${size * random()}" fill="${colour()}"/>`;
  });
  return Buffer.from(
    `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colour()}"/>${shapes.join('')}</svg>`,
  );
}

function broken(files: readonly Uint8Array[], i: number): Uint8Array {
  const random = randomNumbers(i);
  const victim = files[Math.floor(random() * files.length)]!.slice();
  switch (Math.floor(i / 10) % 4) {
    case 0:
      return victim.subarray(0, Math.floor(victim.length * random()));
    case 1:
      return Uint8Array.from(victim, (byte, at) => (at > 20 && random() < 0.02 ? byte ^ 0x55 : byte));
    case 2:
      return hugePng(12_000, 12_000);
    default:
      return Uint8Array.from({ length: 400 }, () => random() * 256);
  }
}
