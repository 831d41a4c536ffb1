import sharp from 'sharp';
import { type SeededRandom } from './seeded-random.ts';

const SHAPES = 70;
const LINES_OF_WRITING = 5;
/** Grey levels by which film grain varies. */
const GRAIN = 14;

/**
 * Draws a scene of its own for each state of `random`: overlapping shapes of all sizes over a gradient, lines that look
 * like writing, and grain. It is rich in the corners and edges that perceptual hashes and local features need.
 *
 * @returns a JPEG of 560 to 720 by 480 to 600 pixels
 */
export async function drawPicture(random: SeededRandom): Promise<Uint8Array> {
  const width = random.integer(560, 720);
  const height = random.integer(480, 600);
  const { data, info } = await sharp(Buffer.from(drawScene(width, height, random)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Uint8ClampedArray: grain must not turn white into black.
  const pixels = new Uint8ClampedArray(data);
  pixels.forEach((level, index) => (pixels[index] = level + (random.next() - 0.5) * GRAIN));
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return sharp(pixels, { raw }).jpeg({ quality: 88 }).toBuffer();
}

/** Changes a picture as a chat or a screenshot would: smaller, recompressed, its colours a little off. */
export async function leakPicture(jpeg: Uint8Array, random: SeededRandom): Promise<Uint8Array> {
  const { width } = await sharp(jpeg).metadata();
  return sharp(jpeg)
    .resize({ width: Math.round(width * (0.7 + 0.3 * random.next())) })
    .modulate({ brightness: 0.93 + 0.14 * random.next(), saturation: 0.85 + 0.3 * random.next() })
    .jpeg({ quality: random.integer(55, 80) })
    .toBuffer();
}

function drawScene(width: number, height: number, random: SeededRandom): string {
  const gradient =
    `<linearGradient id="sky" x1="${random.next()}" y1="0" x2="${random.next()}" y2="1">` +
    `<stop offset="0" stop-color="${colour(random)}"/><stop offset="1" stop-color="${colour(random)}"/></linearGradient>`;
  const shapes = Array.from({ length: SHAPES }, (_, index) => {
    // Large ones first, as the background of the small ones.
    const size = (Math.min(width, height) * 0.45) / (1 + index / 8);
    return drawShape(random.next() * width, random.next() * height, size * (0.6 + random.next()), random);
  });
  const writing = Array.from({ length: LINES_OF_WRITING }, () =>
    drawWriting(random.next() * width * 0.6, random.next() * height, random),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${gradient}</defs>` +
    `<rect width="100%" height="100%" fill="url(#sky)"/>${shapes.join('')}${writing.join('')}</svg>`
  );
}

function drawShape(x: number, y: number, size: number, random: SeededRandom): string {
  const fill = `fill="${colour(random)}" fill-opacity="${0.6 + 0.4 * random.next()}"`;
  const turn = `transform="rotate(${random.integer(0, 359)} ${x} ${y})"`;
  switch (random.integer(0, 2)) {
    case 0:
      return `<ellipse cx="${x}" cy="${y}" rx="${size / 2}" ry="${size * (0.2 + 0.3 * random.next())}" ${fill} ${turn}/>`;
    case 1:
      return `<rect x="${x}" y="${y}" width="${size}" height="${size * (0.2 + 0.8 * random.next())}" ${fill} ${turn}/>`;
    default: {
      const corners = Array.from({ length: random.integer(3, 7) }, () => {
        const [right, down] = [random.next() - 0.5, random.next() - 0.5];
        return `${x + right * size * 1.4},${y + down * size * 1.4}`;
      });
      return `<polygon points="${corners.join(' ')}" ${fill}/>`;
    }
  }
}

/** Strokes side by side, as tall as letters of one line. */
function drawWriting(x: number, y: number, random: SeededRandom): string {
  const tall = random.integer(10, 26);
  const strokes = Array.from({ length: random.integer(12, 30) }, (_, index) => {
    const left = x + index * tall * 0.5;
    const [from, to] = [random.next() * tall, random.next() * tall];
    return `M${left} ${y + from}L${left + tall * 0.4} ${y + to}V${y + random.next() * tall}`;
  });
  return `<path d="${strokes.join('')}" stroke="${colour(random)}" stroke-width="${tall / 6}" fill="none"/>`;
}

function colour(random: SeededRandom): string {
  return `rgb(${random.integer(0, 255)},${random.integer(0, 255)},${random.integer(0, 255)})`;
}
