import sharp, { type Sharp } from 'sharp';

/** Edits that people make to a leaked picture; each gives a file. */
export type Leak = (picture: Uint8Array) => Promise<Uint8Array>;

const jpeg = (picture: Sharp, quality = 85) => picture.jpeg({ quality }).toBuffer();

export const LEAKS = {
  recompressed: (picture) => jpeg(sharp(picture), 20),
  'a quarter of its size': (picture) => jpeg(sharp(picture).resize(400)),
  grey: (picture) => jpeg(sharp(picture).grayscale()),
  brightened: (picture) => jpeg(sharp(picture).modulate({ brightness: 1.4 })),
  blurred: (picture) => jpeg(sharp(picture).blur(3)),
  mirrored: (picture) => jpeg(sharp(picture).flop()),
  'turned by a quarter': (picture) => jpeg(sharp(picture).rotate(90)),
  'tilted by 10°': (picture) => jpeg(sharp(picture).rotate(10, { background: '#ffffff' })),
  negative: (picture) => jpeg(sharp(picture).negate()),
  'cropped to half': (picture) =>
    jpeg(sharp(picture).extract({ left: 300, top: 150, width: 1130, height: 710 })),
  'mirrored and cropped': async (picture) =>
    jpeg(sharp(await jpeg(sharp(picture).flop())).extract({ left: 200, top: 100, width: 1200, height: 800 })),
  'with a sticker': (picture) =>
    jpeg(sharp(picture).composite([{ input: sticker(360), left: 620, top: 300 }])),
  'under pale bars over half of it': (picture) => underBars(picture),
  'in a phone screenshot': (picture) => screenshot(picture),
  'negative, in a phone screenshot': async (picture) => screenshot(await jpeg(sharp(picture).negate())),
  'in a corner of another picture': (picture) => inCorner(picture),
} satisfies Record<string, Leak>;

function sticker(sizePx: number): Buffer {
  return Buffer.from(
    `<svg width="${sizePx}" height="${sizePx}"><circle cx="50%" cy="50%" r="48%" fill="#f2c14e" stroke="#222" stroke-width="6"/></svg>`,
  );
}

async function underBars(picture: Uint8Array): Promise<Uint8Array> {
  const { width, height } = await sharp(picture).metadata();
  const bars = Array.from({ length: 5 }, (_, i) => {
    const y = (i - 1) * 0.45 * height;
    return `<path d="M0 ${y + 0.25 * width} L${width} ${y - 0.25 * width}" stroke="#fff" stroke-opacity="0.93" stroke-width="${0.23 * height}"/>`;
  });
  const cover = Buffer.from(`<svg width="${width}" height="${height}">${bars.join('')}</svg>`);
  return jpeg(sharp(picture).composite([{ input: cover }]));
}

async function screenshot(picture: Uint8Array): Promise<Uint8Array> {
  const inset = await sharp(picture).resize(750).toBuffer();
  const lines = Array.from(
    { length: 9 },
    (_, i) =>
      `<rect x="40" y="${i < 2 ? 40 + i * 50 : 720 + i * 60}" width="${300 + ((i * 137) % 320)}" height="26" fill="#333"/>`,
  );
  const frame = Buffer.from(`<svg width="750" height="1400">${lines.join('')}</svg>`);
  return sharp({ create: { width: 750, height: 1400, channels: 3, background: '#fafafa' } })
    .composite([
      { input: frame, left: 0, top: 0 },
      { input: inset, left: 0, top: 180 },
    ])
    .jpeg({ quality: 80 })
    .toBuffer();
}

async function inCorner(picture: Uint8Array): Promise<Uint8Array> {
  const inset = await sharp(picture).resize(420).toBuffer();
  const noise = await sharp({
    create: {
      width: 1000,
      height: 800,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  })
    .blur(2)
    .png()
    .toBuffer();
  return sharp(noise)
    .composite([{ input: inset, left: 540, top: 60 }])
    .jpeg()
    .toBuffer();
}

/** Soft shades without a corner anywhere: a sky. */
export function sky(): Promise<Uint8Array> {
  const drawing = Buffer.from(
    '<svg width="800" height="600"><defs><linearGradient id="g" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="#123a7a"/><stop offset="1" stop-color="#e8d0b0"/></linearGradient></defs><rect width="800" height="600" fill="url(#g)"/></svg>',
  );
  return sharp(drawing).jpeg({ quality: 95 }).toBuffer();
}
