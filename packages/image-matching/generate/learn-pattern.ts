/**
 * Learns which pairs of points a descriptor should compare: `tsx generate/learn-pattern.ts FOLDER…` over folders of any
 * photographs prints features/brief-pattern.ts. Each photograph is compared with a turned, resized, recompressed copy of
 * itself. A good pair gives the same bit for the same corner, splits different corners evenly, and is not correlated with
 * the pairs chosen before (Rublee et al., "ORB", 2011, choose for the last two).
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { decodeImage } from '../decode/decode-image.ts';
import { byteLuma, type Luma } from '../decode/luma.ts';
import { DESCRIPTOR_BITS, PATTERN_RADIUS } from '../features/brief-descriptor.ts';
import { cornersOfLevel, FEATURE_BORDER } from '../features/extract-features.ts';
import { orientations } from '../features/orientation.ts';
import { boxBlur5 } from '../features/pyramid.ts';
import { popCount } from '../pdq/hash256.ts';

const CANDIDATES = 14_000;
const CORNERS_PER_PICTURE = 220;
/** Weight of a bit that flips between copies, against one that splits corners unevenly. */
const FLIP_WEIGHT = 1.6;

let state = 20_261_122;
const random = () => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;

/** A corner: its blurred picture, place and orientation. */
interface Spot {
  readonly blurred: Luma;
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

const spots: [Spot, Spot][] = [];
for (const file of picturesIn(process.argv.slice(2))) spots.push(...(await spotPairs(readFileSync(file))));
const words = Math.ceil(spots.length / 32);
const candidates = Array.from({ length: CANDIDATES }, () => {
  const pair = randomPair();
  const [first, second] = [0, 1].map((side) => bitsOf(pair, side));
  const ones = popCounts(first!);
  const flips = popCounts(first!.map((word, i) => word ^ second![i]!));
  const balance = 1 - Math.abs((2 * ones) / spots.length - 1);
  return { pair, bits: first!, ones, score: balance - FLIP_WEIGHT * (flips / spots.length) };
}).sort((a, b) => b.score - a.score);

let chosen: typeof candidates = [];
for (let limit = 0.15; chosen.length < DESCRIPTOR_BITS; limit += 0.05) {
  chosen = [];
  for (const candidate of candidates) {
    if (chosen.length === DESCRIPTOR_BITS) break;
    if (chosen.every((other) => Math.abs(correlation(candidate, other)) < limit)) chosen.push(candidate);
  }
  process.stderr.write(
    `correlation below ${limit.toFixed(2)}: ${chosen.length} of ${spots.length} corners\n`,
  );
}

// The best pairs first in each word: the index files descriptors by the first bits of their words.
const wordsOfBits = DESCRIPTOR_BITS / 32;
const ordered = Array.from(
  { length: DESCRIPTOR_BITS },
  (_, bit) => chosen[(bit % 32) * wordsOfBits + Math.floor(bit / 32)]!,
);
const letters = ordered.flatMap(({ pair }) => pair.map((value) => (value + PATTERN_RADIUS).toString(36)));
const lines = Array.from({ length: 16 }, (_, i) => `  '${letters.slice(i * 64, (i + 1) * 64).join('')}',`);
process.stdout.write(`/**
 * Made by generate/learn-pattern.ts. Four base-36 digits a pair of points: x and y of both, plus ${PATTERN_RADIUS}.
 * Part of the fingerprints' format.
 */
export const LEARNED_PATTERN = [
${lines.join('\n')}
].join('');
`);

function picturesIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
      .map((name) => path.join(folder, name)),
  );
}

/** Pairs each corner of a picture with its place in a changed copy. */
async function spotPairs(bytes: Uint8Array): Promise<[Spot, Spot][]> {
  const { frames } = await decodeImage(bytes, 560);
  const { width, height, data } = frames[0]!;
  const turn = (random() - 0.5) * 80;
  const scale = 0.8 + 0.45 * random();
  const { data: copy, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(Math.round(width * scale), Math.round(height * scale), { fit: 'fill' })
    .png()
    .toBuffer()
    .then((png) =>
      sharp(png).rotate(turn, { background: '#777777' }).blur(0.7).jpeg({ quality: 55 }).toBuffer(),
    )
    .then((jpeg) => sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true }));
  const original = byteLuma(data, width, height);
  const changed = byteLuma(copy, info.width, info.height);
  const [blurred, changedBlurred] = [boxBlur5(original), boxBlur5(changed)];
  const radians = (turn / 180) * Math.PI;
  const corners = cornersOfLevel(original, CORNERS_PER_PICTURE);
  return Array.from({ length: corners.length / 2 }, (_, i) => i).flatMap((i): [Spot, Spot][] => {
    const [x, y] = [corners[2 * i]!, corners[2 * i + 1]!];
    const [dx, dy] = [(x + 0.5 - width / 2) * scale, (y + 0.5 - height / 2) * scale];
    const u = Math.round(info.width / 2 + dx * Math.cos(radians) - dy * Math.sin(radians) - 0.5);
    const v = Math.round(info.height / 2 + dx * Math.sin(radians) + dy * Math.cos(radians) - 0.5);
    const inside =
      u >= FEATURE_BORDER &&
      v >= FEATURE_BORDER &&
      u < info.width - FEATURE_BORDER &&
      v < info.height - FEATURE_BORDER;
    if (!inside) return [];
    return [
      [
        { blurred, x, y, angle: orientations(original, Uint16Array.of(x, y))[0]! },
        { blurred: changedBlurred, x: u, y: v, angle: orientations(changed, Uint16Array.of(u, v))[0]! },
      ],
    ];
  });
}

function randomPair(): number[] {
  for (;;) {
    const [x1, y1, x2, y2] = [point(), point(), point(), point()];
    const fits = Math.hypot(x1, y1) <= PATTERN_RADIUS && Math.hypot(x2, y2) <= PATTERN_RADIUS;
    if (fits && Math.hypot(x1 - x2, y1 - y2) >= 4) return [x1, y1, x2, y2];
  }
}

function point(): number {
  return Math.round((random() * 2 - 1) * PATTERN_RADIUS);
}

function bitsOf([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[], side: number): Uint32Array {
  const bits = new Uint32Array(words);
  spots.forEach((pair, i) => {
    const { blurred, x, y, angle } = pair[side]!;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const at = (px: number, py: number) =>
      blurred.data[
        (y + Math.round(sin * px + cos * py)) * blurred.width + x + Math.round(cos * px - sin * py)
      ]!;
    if (at(x1, y1) < at(x2, y2)) bits[i >>> 5]! |= 1 << (i & 31);
  });
  return bits;
}

function popCounts(bits: Uint32Array): number {
  return bits.reduce((sum, word) => sum + popCount(word), 0);
}

/** Correlation of two pairs' bits over all corners. */
function correlation(a: { bits: Uint32Array; ones: number }, b: { bits: Uint32Array; ones: number }): number {
  const n = spots.length;
  let both = 0;
  for (let i = 0; i < words; i++) both += popCount(a.bits[i]! & b.bits[i]!);
  const spread = Math.sqrt(a.ones * (n - a.ones) * b.ones * (n - b.ones));
  return spread === 0 ? 1 : (n * both - a.ones * b.ones) / spread;
}
