/** Twelve ways in which a graphic is leaked. */
import sharp, { type Sharp } from 'sharp';

type Random = () => number;
type Leak = (picture: Buffer, random: Random) => Promise<Sharp> | Sharp;

const between = (random: Random, low: number, high: number) => low + random() * (high - low);

async function sizeOf(picture: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(picture).metadata();
  return { width, height };
}

function drawn(width: number, height: number, content: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">${content}</svg>`,
  );
}

export const LEAKS: Record<string, Leak> = {
  plain: (picture) => sharp(picture),
  recompressed: async (picture, random) =>
    sharp(
      await sharp(picture)
        .resize(480)
        .jpeg({ quality: Math.round(between(random, 25, 45)) })
        .toBuffer(),
    ),
  small: async (picture, random) => {
    const { width } = await sizeOf(picture);
    return sharp(picture).resize(Math.round(width * between(random, 0.35, 0.5)));
  },
  cropped: async (picture, random) => {
    const { width, height } = await sizeOf(picture);
    const [w, h] = [Math.round(width * 0.8), Math.round(height * 0.8)];
    return sharp(picture).extract({
      left: Math.floor(random() * (width - w)),
      top: Math.floor(random() * (height - h)),
      width: w,
      height: h,
    });
  },
  border: (picture, random) =>
    sharp(picture).extend({
      ...{ top: 60, bottom: 60, left: 60, right: 60 },
      background: random() < 0.5 ? '#ffffff' : '#111111',
    }),
  phone: async (picture, random) => {
    const inside = await sharp(picture).resize(750, 1000, { fit: 'inside' }).toBuffer();
    const { width, height } = await sizeOf(inside);
    const dark = random() < 0.5;
    const ink = dark ? '#eee' : '#222';
    return sharp({
      create: { width: 750, height: 1500, channels: 3, background: dark ? '#121214' : '#fafafa' },
    }).composite([
      { input: inside, left: Math.floor((750 - width) / 2), top: 180 },
      {
        input: drawn(
          750,
          1500,
          `<text x="40" y="45" font-size="26" fill="${ink}">9:41</text><circle cx="65" cy="115" r="35" fill="#c85078"/><text x="120" y="125" font-size="28" fill="${ink}">some.creator - 2h</text><text x="30" y="${height + 300}" font-size="26" fill="${ink}">liked by mia and 2,114 others</text><text x="30" y="${height + 344}" font-size="26" fill="${ink}">omg you guys this is not out yet</text>`,
        ),
        left: 0,
        top: 0,
      },
    ]);
  },
  caption: async (picture, random) => {
    const { width, height } = await sizeOf(picture);
    const bar = Math.round(height * 0.1);
    const top = Math.round(height * between(random, 0.1, 0.75));
    return sharp(picture).composite([
      {
        input: drawn(
          width,
          bar,
          `<rect width="${width}" height="${bar}" fill="#000"/><text x="${width / 2}" y="${bar * 0.65}" font-size="${bar * 0.42}" fill="#fff" text-anchor="middle">look what came today</text>`,
        ),
        left: 0,
        top,
      },
    ]);
  },
  stickers: async (picture, random) => {
    const { width, height } = await sizeOf(picture);
    const side = Math.min(width, height);
    const stickers = Array.from({ length: 4 }, () => {
      const radius = side * between(random, 0.05, 0.08);
      const color = `hsl(${Math.floor(random() * 360)} 80% 60%)`;
      return `<circle cx="${between(random, radius, width - radius)}" cy="${between(random, radius, height - radius)}" r="${radius}" fill="${color}" stroke="#222" stroke-width="3"/>`;
    });
    return sharp(picture).composite([{ input: drawn(width, height, stickers.join('')) }]);
  },
  filtered: (picture, random) =>
    sharp(picture)
      .modulate({ brightness: between(random, 0.85, 1.1), saturation: between(random, 0.5, 1.4) })
      .linear(between(random, 0.8, 1.1), 8)
      .blur(1.1),
  tilted: (picture, random) =>
    sharp(picture).rotate(between(random, 2, 6) * (random() < 0.5 ? 1 : -1), { background: '#806050' }),
  screenPhoto: photographed,
  story: async (picture, random) => {
    const inside = await sharp(picture)
      .resize(Math.round(between(random, 560, 680)), 1100, { fit: 'inside' })
      .toBuffer();
    const { width, height } = await sizeOf(inside);
    const ground = await sharp(picture).resize(720, 1280, { fit: 'fill' }).blur(40).toBuffer();
    return sharp(ground).composite([
      {
        input: inside,
        left: Math.floor((720 - width) / 2),
        top: Math.floor((1280 - height) * between(random, 0.35, 0.65)),
      },
    ]);
  },
};

/** A photograph of a screen: in perspective, a little soft, unevenly lit, with noise. */
async function photographed(picture: Buffer, random: Random): Promise<Sharp> {
  const { data, info } = await sharp(picture)
    .resize(900, 900, { fit: 'inside' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [w, h] = [info.width, info.height];
  const [width, height] = [Math.round(w * 1.2), Math.round(h * 1.2)];
  const lean = between(random, -0.12, 0.12);
  const nod = between(random, -0.08, 0.08);
  const turn = between(random, -0.05, 0.05);
  const out = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u0, v0] = [x / width - 0.5, y / height - 0.5];
      const [u, v] = [u0 - turn * v0, v0 + turn * u0];
      const depth = 1 + lean * u + nod * v;
      const sx = ((u * 1.15) / depth + 0.5) * w;
      const sy = ((v * 1.15) / depth + 0.5) * h;
      const light = 0.75 + 0.25 * (1 - u0 - v0 * 0.5);
      const noise = (random() - 0.5) * 14;
      const [left, top] = [Math.floor(sx), Math.floor(sy)];
      for (let c = 0; c < 3; c++) {
        let value = 45;
        if (left >= 0 && top >= 0 && left < w - 1 && top < h - 1) {
          const [fx, fy] = [sx - left, sy - top];
          const at = (top * w + left) * 3 + c;
          value =
            (data[at]! * (1 - fx) + data[at + 3]! * fx) * (1 - fy) +
            (data[at + w * 3]! * (1 - fx) + data[at + w * 3 + 3]! * fx) * fy;
        }
        out[(y * width + x) * 3 + c] = Math.max(0, Math.min(255, value * light + noise));
      }
    }
  }
  return sharp(out, { raw: { width, height, channels: 3 } }).blur(0.8);
}
