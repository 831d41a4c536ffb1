import sharp, { type Sharp } from 'sharp';
import { type RgbImage } from '../decode/rgb-image.ts';
import { type LeakWay } from './leak-ways.ts';
import { photograph } from './photograph.ts';

/** Side of posts' pictures. */
export const POSTED_SIDE_PX = 1080;

const SMALL_SIDE_PX = 240;
const TILT_DEGREES = 8;
const SCREEN = { width: 750, height: 1500, top: 180 } as const;
const DESK = { width: 1080, height: 810 } as const;
/** Places of a crop in the room that it leaves, as shares. */
const MIDDLE = [[0.5, 0.5]] as const;
const CORNERS = [
  [0.2, 0.2],
  [0.8, 0.8],
] as const;

type Leak = (picture: RgbImage) => readonly (Sharp | Promise<Sharp>)[];

const LEAKS: Record<LeakWay, Leak> = {
  'as it is': (picture) => [open(picture)],
  '240 px small': (picture) => [open(picture).resize(SMALL_SIDE_PX, SMALL_SIDE_PX, { fit: 'inside' })],
  recompressed: (picture) => [recompressed(picture)],
  filtered: (picture) => [
    open(picture).modulate({ brightness: 1.15, saturation: 0.5 }).tint('#e8c8a0').blur(1.1),
  ],
  mirrored: (picture) => [open(picture).flop()],
  'turned by a quarter': (picture) => [open(picture).rotate(90)],
  tilted: (picture) => [open(picture).rotate(TILT_DEGREES, { background: '#806050' })],
  'cropped to a half': (picture) => MIDDLE.map((at) => cropped(picture, 1 / 2, at)),
  'cropped to a third': (picture) => CORNERS.map((at) => cropped(picture, 1 / 3, at)),
  'cropped to a tenth': (picture) => CORNERS.map((at) => cropped(picture, 1 / 10, at)),
  'under a caption and a sticker': (picture) => [covered(picture)],
  'in a phone screenshot': (picture) => [onPhone(picture)],
  'photographed from a screen': (picture) => [open(photograph(picture)).blur(0.8)],
  'an inset of a quarter': (picture) => [inset(picture)],
};

/** Leaks a picture in one way; gives files, as somebody would post them. All must be found. */
export async function leakPicture(picture: RgbImage, way: LeakWay): Promise<Uint8Array[]> {
  const files: Uint8Array[] = [];
  for (const copy of LEAKS[way](picture)) files.push(await (await copy).jpeg({ quality: 82 }).toBuffer());
  return files;
}

function open({ width, height, data }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function recompressed(picture: RgbImage): Promise<Sharp> {
  const small = open(picture).resize(480, 480, { fit: 'inside', withoutEnlargement: true });
  return sharp(await small.jpeg({ quality: 25 }).toBuffer());
}

function cropped(picture: RgbImage, share: number, [x, y]: readonly [number, number]): Sharp {
  const side = Math.sqrt(share);
  const [width, height] = [Math.ceil(picture.width * side), Math.ceil(picture.height * side)];
  return open(picture).extract({
    left: Math.floor((picture.width - width) * x),
    top: Math.floor((picture.height - height) * y),
    width,
    height,
  });
}

function covered(picture: RgbImage): Sharp {
  const { width, height } = picture;
  const bar = Math.round(height * 0.1);
  const radius = Math.round(Math.min(width, height) * 0.12);
  return open(picture).composite([
    {
      input: drawn(
        width,
        height,
        `<rect y="${Math.round(height * 0.72)}" width="${width}" height="${bar}" fill="#000"/>${lines(width * 0.1, height * 0.75, width * 0.8, bar * 0.3, '#fff')}<circle cx="${width * 0.3}" cy="${height * 0.35}" r="${radius}" fill="#f2c14e" stroke="#222" stroke-width="4"/>`,
      ),
    },
  ]);
}

async function onPhone(picture: RgbImage): Promise<Sharp> {
  const { width, height, top } = SCREEN;
  const { data, info } = await open(picture)
    .resize(width, 1000, { fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const below = top + info.height + 60;
  return sharp({ create: { width, height, channels: 3, background: '#fafafa' } }).composite([
    { input: data, left: Math.floor((width - info.width) / 2), top },
    {
      input: drawn(
        width,
        height,
        `<circle cx="65" cy="115" r="35" fill="#c85078"/>${lines(120, 105, 260, 22, '#222')}${lines(30, below, 420, 22, '#222')}${lines(30, below + 44, 560, 22, '#222')}`,
      ),
    },
  ]);
}

async function inset(picture: RgbImage): Promise<Sharp> {
  const { width, height } = DESK;
  const small = await open(picture)
    .resize(width / 4, height / 2, { fit: 'inside' })
    .png()
    .toBuffer();
  const shapes = [0, 1, 2, 3, 4, 5].map(
    (i) =>
      `<circle cx="${(i * 397) % width}" cy="${(i * 283) % height}" r="${60 + ((i * 71) % 120)}" fill="hsl(${i * 57} 45% 55%)"/>`,
  );
  return sharp(
    drawn(width, height, `<rect width="${width}" height="${height}" fill="#cfd6c4"/>${shapes.join('')}`),
  ).composite([{ input: small, left: Math.round(width * 0.68), top: Math.round(height * 0.08) }]);
}

/** A line of a made-up script: no font is needed, and none decides what is found. */
function lines(x: number, y: number, width: number, size: number, ink: string): string {
  const letters = Math.floor(width / size);
  const strokes = Array.from({ length: letters }, (_, i) => {
    const left = x + i * size;
    return `M${left} ${y + ((i * 7) % 3) * size * 0.3} l${size * 0.5} ${size * (0.4 + ((i * 5) % 4) * 0.2)} v${-size * 0.6}`;
  });
  return `<path d="${strokes.join(' ')}" fill="none" stroke="${ink}" stroke-width="${Math.max(1, size / 7)}"/>`;
}

function drawn(width: number, height: number, content: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`,
  );
}
