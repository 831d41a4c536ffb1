/** Graphics as brands register them, drawn as SVG: each design has a fixed layout, and versions of it differ in their content only. */
import { seededRandom } from '../../harness/seeded-random.ts';

export const KINDS = ['packshot', 'logo', 'slide', 'page', 'poster', 'card', 'screen'] as const;
export type Kind = (typeof KINDS)[number];

interface Style {
  readonly width: number;
  readonly height: number;
  readonly font: string;
  readonly ground: string;
  readonly ink: string;
  readonly accent: string;
  /** A number from 0 to 1 that moves the layout. */
  readonly shift: number;
  readonly brand: string;
  /** Seeds the parts that all versions share. */
  readonly seed: number;
}

const FONTS = [
  'DejaVu Sans',
  'Liberation Serif',
  'Liberation Sans',
  'DejaVu Serif',
  'Noto Sans',
  'DejaVu Sans Mono',
];
const WORDS =
  'amber bloom calm delta ember fable grove harbor ivory jasper kelp lumen maple north opal petal quartz river slate tidal umber velvet willow xenon yarrow zephyr cloud frost glimmer honey'.split(
    ' ',
  );
const GROUNDS = ['#ffffff', '#faf4ee', '#f2f5ff', '#14202c', '#e9f2ea', '#3a1530', '#fff7d6', '#20242a'];
const ACCENTS = ['#c03055', '#1f6fb2', '#2a8a55', '#d98a1c', '#6a3fb0', '#0f9aa0'];
const SIZES: Record<Kind, readonly [number, number]> = {
  packshot: [900, 900],
  logo: [900, 500],
  slide: [1200, 675],
  page: [900, 1270],
  poster: [800, 1130],
  card: [1000, 1000],
  screen: [720, 1440],
};

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)]!;
}

function words(count: number, random: () => number): string {
  return Array.from({ length: count }, () => pick(WORDS, random)).join(' ');
}

function name(random: () => number): string {
  const word = pick(WORDS, random) + pick(['a', 'elle', 'is', 'on', 'ique', 'ora'], random);
  return word[0]!.toUpperCase() + word.slice(1);
}

function styleOf(kind: Kind, design: number, seed: number): Style {
  const random = seededRandom((seed * 7919 + KINDS.indexOf(kind) * 104_729 + design * 1299709) * 2654435761);
  for (let i = 0; i < 8; i++) random();
  const [width, height] = SIZES[kind];
  const ground = kind === 'packshot' ? '#ffffff' : pick(GROUNDS, random);
  const dark = Number.parseInt(ground.slice(1, 3), 16) < 128;
  return {
    width,
    height,
    font: FONTS[(design + KINDS.indexOf(kind)) % FONTS.length]!,
    ground,
    ink: dark ? '#f4f1ea' : '#22182a',
    accent: pick(ACCENTS, random),
    shift: random(),
    brand: name(random).toUpperCase(),
    seed: Math.floor(random() * 2 ** 31),
  };
}

const text = (
  x: number,
  y: number,
  size: number,
  content: string,
  { fill, font, anchor = 'middle', weight = 'normal' }: Record<string, string>,
) =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-family="${font}" font-size="${size}" fill="${fill}" text-anchor="${anchor}" font-weight="${weight}">${content}</text>`;

const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0) =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="${radius}" fill="${fill}"/>`;

function circles(count: number, { width, height, accent, ink }: Style, random: () => number): string {
  return Array.from({ length: count }, () => {
    const radius = width * (0.03 + random() * 0.1);
    return `<circle cx="${(random() * width).toFixed(1)}" cy="${((0.3 + random() * 0.7) * height).toFixed(1)}" r="${radius.toFixed(1)}" fill="${pick([accent, ink, '#e8b04a', '#dd8f7a'], random)}" opacity="0.8"/>`;
  }).join('');
}

/** Draws version `version` of a design; version 0 is the asset. */
export function drawGraphic(kind: Kind, design: number, version: number, seed: number): string {
  const style = styleOf(kind, design, seed);
  const fixed = seededRandom(style.seed);
  const own = seededRandom((style.seed ^ (version + 1)) * 2654435761);
  for (let i = 0; i < 8; i++) own();
  const { width, height, ground } = style;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${rect(0, 0, width, height, ground)}${DRAW[kind](style, fixed, own)}</svg>`;
}

type Draw = (style: Style, fixed: () => number, own: () => number) => string;

const DRAW: Record<Kind, Draw> = {
  packshot({ width, height, font, accent, shift, brand }, fixed, own) {
    const [w, h] = [width * (0.28 + shift * 0.25), height * (0.55 + shift * 0.2)];
    const [left, top] = [(width - w) / 2, (height - h) / 2 + height * 0.04];
    const label = { fill: '#2a2028', font };
    return [
      `<defs><linearGradient id="g"><stop offset="0" stop-color="${accent}"/><stop offset="0.3" stop-color="#fff" stop-opacity="0.6"/><stop offset="1" stop-color="${accent}"/></linearGradient></defs>`,
      rect(width / 2 - w * 0.2, top - height * 0.09, w * 0.4, height * 0.1, '#333038', 6),
      rect(left, top, w, h, accent, shift * 40),
      rect(left, top, w, h, 'url(#g)', shift * 40),
      rect(left + w * 0.06, top + h * 0.22, w * 0.88, h * 0.6, '#f7f2ea'),
      text(width / 2, top + h * 0.32, w * 0.11, brand, { ...label, weight: 'bold' }),
      rect(left + w * 0.2, top + h * 0.36, w * 0.6, 3, accent),
      text(width / 2, top + h * 0.48, w * 0.13, name(own), label),
      text(width / 2, top + h * 0.55, w * 0.06, words(2, own), label),
      ...Array.from({ length: 4 }, (_, i) =>
        text(width / 2, top + h * (0.62 + i * 0.045), w * 0.045, words(5, own), label),
      ),
      fixed() > 0.5
        ? `<circle cx="${left + w * 0.5}" cy="${top + h * 0.1}" r="${w * 0.06}" fill="#f7f2ea"/>`
        : '',
    ].join('');
  },
  logo({ width, height, font, ink, accent, shift }, fixed, own) {
    const sides = 3 + Math.floor(fixed() * 5);
    const [cx, cy, r] = [width * 0.22, height * 0.5, height * 0.28];
    const corners = Array.from({ length: sides }, (_, i) => {
      const angle = (i / sides + shift) * 2 * Math.PI;
      return `${(cx + r * Math.cos(angle)).toFixed(1)},${(cy + r * Math.sin(angle)).toFixed(1)}`;
    });
    return [
      `<polygon points="${corners.join(' ')}" fill="${accent}"/>`,
      `<circle cx="${cx}" cy="${cy}" r="${r * (0.3 + shift * 0.2)}" fill="${ink}"/>`,
      text(width * 0.42, height * 0.52, height * 0.16, name(own), {
        fill: ink,
        font,
        anchor: 'start',
        weight: 'bold',
      }),
      text(width * 0.42, height * 0.66, height * 0.07, words(3, own), { fill: ink, font, anchor: 'start' }),
    ].join('');
  },
  slide(style, fixed, own) {
    const { width, height, font, ink, accent, shift, brand } = style;
    const body = { fill: ink, font, anchor: 'start' };
    const bars = Array.from({ length: 5 + Math.floor(fixed() * 3) }, (_, i) => {
      const tall = height * (0.08 + own() * 0.35);
      return rect(width * (0.64 + i * 0.04), height * 0.78 - tall, width * 0.03, tall, accent);
    });
    return [
      rect(0, height * 0.02, width, height * (0.01 + shift * 0.08), accent),
      text(width * 0.06, height * 0.23, height * 0.07, `${name(own)}: ${words(2, own)}`, {
        ...body,
        weight: 'bold',
      }),
      ...Array.from({ length: 5 }, (_, i) =>
        text(width * 0.06, height * (0.36 + i * 0.09), height * 0.036, `- ${words(5, own)}`, body),
      ),
      ...bars,
      text(width * 0.06, height * 0.95, height * 0.025, `${brand} | confidential`, body),
    ].join('');
  },
  page({ width, height, font, ink, accent, shift, brand }, _fixed, own) {
    const body = { fill: ink, font, anchor: 'start' };
    const left = width * (0.07 + shift * 0.05);
    const parts = ['Objective', 'Key message', 'Deliverables', 'Embargo'];
    const block = height * 0.2;
    return [
      rect(0, 0, width, height * 0.06, accent),
      text(left, height * 0.04, 24, `${brand} - campaign brief`, {
        fill: '#ffffff',
        font,
        anchor: 'start',
        weight: 'bold',
      }),
      text(left, height * 0.11, 34, `${name(own)} launch`, { ...body, weight: 'bold' }),
      ...parts.map((title, i) =>
        [
          text(left, height * 0.15 + i * block, 24, title, { ...body, fill: accent, weight: 'bold' }),
          ...Array.from({ length: 4 + Math.floor(own() * 4) }, (_, line) =>
            text(left, height * 0.17 + i * block + line * 24, 17, words(10, own), body),
          ),
        ].join(''),
      ),
    ].join('');
  },
  poster(style, fixed, own) {
    const { width, height, font, ink } = style;
    return [
      circles(9, style, fixed),
      text(width / 2, height * 0.14, width * 0.11, name(own).toUpperCase(), {
        fill: ink,
        font,
        weight: 'bold',
      }),
      text(
        width / 2,
        height * 0.2,
        width * 0.045,
        `${words(2, own)} ${1 + Math.floor(own() * 28)}.${1 + Math.floor(own() * 12)}`,
        { fill: ink, font },
      ),
    ].join('');
  },
  card({ width, height, font, ink, accent, shift, brand }, _fixed, own) {
    return [
      rect(width * 0.04, height * 0.04, width * 0.92, height * 0.02, accent),
      text(width / 2, height * (0.3 + shift * 0.1), width * 0.1, name(own).toUpperCase(), {
        fill: ink,
        font,
        weight: 'bold',
      }),
      text(width / 2, height * (0.42 + shift * 0.1), width * 0.055, words(3, own), { fill: ink, font }),
      text(width / 2, height * (0.5 + shift * 0.1), width * 0.055, words(2, own), { fill: ink, font }),
      `<rect x="${width * 0.36}" y="${height * 0.84}" width="${width * 0.28}" height="${height * 0.07}" fill="none" stroke="${accent}" stroke-width="5"/>`,
      text(width / 2, height * 0.89, width * 0.035, brand, { fill: ink, font, weight: 'bold' }),
    ].join('');
  },
  screen(style, fixed, own) {
    const { width, height, font, ink, accent } = style;
    const body = { fill: ink, font, anchor: 'start' };
    const seed = Math.floor(own() * 10_000);
    const tint = pick(ACCENTS, own);
    return [
      `<defs><filter id="p" x="0" y="0" width="1" height="1"><feTurbulence baseFrequency="${(0.006 + own() * 0.01).toFixed(4)}" numOctaves="4" seed="${seed}"/><feColorMatrix values="1.6 0 0 0 -0.2 0 1.6 0 0 -0.2 0 0 1.6 0 -0.2 0 0 0 0 1"/></filter></defs>`,
      text(width * 0.06, height * 0.03, 26, '9:41', { ...body, weight: 'bold' }),
      text(width * 0.06, height * 0.075, 40, pick(['Pictagram', 'Shots', 'Momento', 'Feed'], fixed), {
        ...body,
        weight: 'bold',
      }),
      `<circle cx="${width * 0.1}" cy="${height * 0.12}" r="34" fill="${accent}"/>`,
      text(width * 0.18, height * 0.125, 28, words(2, own).replace(' ', '.'), body),
      `<rect x="0" y="${height * 0.16}" width="${width}" height="${width}" filter="url(#p)"/>`,
      `<circle cx="${width * (0.2 + own() * 0.6)}" cy="${height * 0.16 + width * (0.2 + own() * 0.6)}" r="${width * (0.08 + own() * 0.15)}" fill="${tint}"/>`,
      ...[0, 1, 2].map(
        (i) =>
          `<rect x="${width * (0.06 + i * 0.1)}" y="${height * 0.68}" width="46" height="46" rx="14" fill="none" stroke="${ink}" stroke-width="5"/>`,
      ),
      text(width * 0.06, height * 0.76, 28, `${Math.floor(own() * 9000)} likes`, { ...body, weight: 'bold' }),
      text(width * 0.06, height * 0.8, 28, words(5, own), body),
      text(width * 0.06, height * 0.84, 24, 'View all comments', body),
      ...[0, 1, 2, 3, 4].map(
        (i) =>
          `<rect x="${width * (0.08 + i * 0.19)}" y="${height * 0.94}" width="46" height="46" rx="${i * 5}" fill="none" stroke="${ink}" stroke-width="5"/>`,
      ),
    ].join('');
  },
};
