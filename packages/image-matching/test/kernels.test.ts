import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLuma, exactLuma, type Luma } from '../decode/luma.ts';
import { describeCorners } from '../features/brief-descriptor.ts';
import { fastCorners } from '../features/fast-corners.ts';
import { harrisScores } from '../features/harris-score.ts';
import { orientations } from '../features/orientation.ts';
import { boxBlur5, resizeBilinear } from '../features/pyramid.ts';
import { CellRasters, type Cell } from '../geometry/cell-raster.ts';
import { groundsOf } from '../geometry/grounds.ts';
import { lowFrequencies } from '../pdq/dct.ts';
import { quality } from '../pdq/pdq-hash.ts';
import * as plainCells from './helpers/plain-cells.ts';
import * as plainShapes from './helpers/plain-corner-shapes.ts';
import { fastCorners as plainCorners } from './helpers/plain-corners.ts';
import { lowFrequencies as plainFrequencies, quality as plainQuality } from './helpers/plain-dct.ts';
import { byteLuma as plainByteLuma, exactLuma as plainExactLuma } from './helpers/plain-luma.ts';
import { boxBlur5 as plainBlur, resizeBilinear as plainResize } from './helpers/plain-pyramid.ts';
import { randomNumbers } from './helpers/random-hashes.ts';

/** Blocks, slopes and noise: corners of all strengths, even grounds, and the extremes of brightness. */
function pictureOf(width: number, height: number, seed: number): Luma {
  const random = randomNumbers(seed);
  const data = new Uint8Array(width * height);
  const [slope, noise] = [random() * 2, random() < 0.5 ? 0 : random() * 40];
  for (let i = 0; i < data.length; i++) data[i] = (i % width) * slope + random() * noise;
  for (let block = 0; block < 12; block++) {
    const [left, top] = [Math.floor(random() * width), Math.floor(random() * height)];
    const [right, bottom] = [left + 1 + random() * 30, top + 1 + random() * 30];
    const value = random() < 0.3 ? 255 : random() < 0.3 ? 0 : random() * 255;
    for (let y = top; y < Math.min(bottom, height); y++) {
      for (let x = left; x < Math.min(right, width); x++) data[y * width + x] = value;
    }
  }
  return { width, height, data };
}

const pictures = (least: number, most = 150) => {
  const side = fc.integer({ min: least, max: most });
  return fc.tuple(side, side, fc.nat()).map(([width, height, seed]) => pictureOf(width, height, seed));
};
const RUNS = { numRuns: 60 };

describe('a kernel gives what its plain form gives, bit for bit', () => {
  it('corners', () => {
    const thresholds = fc.constantFrom(1, 4, 8, 60);
    fc.assert(
      fc.property(pictures(8), thresholds, fc.integer({ min: 3, max: 20 }), (picture, threshold, border) => {
        expect(fastCorners(picture, threshold, border)).toEqual(plainCorners(picture, threshold, border));
      }),
      RUNS,
    );
  });

  it('strength, direction and descriptors of corners', () => {
    const places = fc.array(fc.tuple(fc.nat(400), fc.nat(400)), { maxLength: 30 });
    fc.assert(
      fc.property(pictures(36), places, (picture, shares) => {
        const within = (share: number, side: number) => 17 + Math.floor((share / 401) * (side - 34));
        const corners = shares.map(
          ([x, y]) => [within(x, picture.width), within(y, picture.height)] as const,
        );
        const pairs = Uint16Array.from(corners.flat());
        const [scores, angles] = [harrisScores(picture, pairs), orientations(picture, pairs)];
        const descriptors = describeCorners(picture, pairs, angles);
        corners.forEach(([x, y], i) => {
          expect(scores[i]).toBe(plainShapes.harrisScore(picture, x, y));
          expect(angles[i]).toBe(plainShapes.orientation(picture, x, y));
          expect(descriptors.subarray(8 * i, 8 * i + 8)).toEqual(
            plainShapes.describeCorner(picture, x, y, angles[i]!),
          );
        });
      }),
      RUNS,
    );
  });

  it('blur', () => {
    fc.assert(
      fc.property(pictures(8), (picture) => {
        expect(boxBlur5(picture)).toEqual(plainBlur(picture));
      }),
      RUNS,
    );
  });

  it('resizing', () => {
    const factor = fc.double({ min: 0.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(pictures(4), factor, factor, (picture, across, down) => {
        const width = Math.max(2, Math.round(picture.width * across));
        const height = Math.max(2, Math.round(picture.height * down));
        expect(resizeBilinear(picture, width, height)).toEqual(plainResize(picture, width, height));
      }),
      RUNS,
    );
  });

  it('luma', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 600 }), (bytes) => {
        const rgb = bytes.subarray(0, bytes.length - (bytes.length % 3));
        expect(exactLuma(rgb, rgb.length / 3)).toEqual(plainExactLuma(rgb, rgb.length / 3));
        expect(byteLuma(rgb, rgb.length / 3, 1)).toEqual(plainByteLuma(rgb, rgb.length / 3, 1));
      }),
      RUNS,
    );
  });

  it('frequencies and quality', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = randomNumbers(seed);
        const square = Float32Array.from({ length: 64 * 64 }, () => random() * 255);
        expect(lowFrequencies(square)).toEqual(plainFrequencies(square));
        const faint = square.map((value) => 100 + value / 12);
        expect(quality(faint)).toBe(plainQuality(faint));
      }),
      RUNS,
    );
  });
});

describe('comparing cells gives what its plain form gives, within single precision', () => {
  const maps = fc
    .tuple(
      ...[fc.double({ min: 0.6, max: 1.6, noNaN: true }), fc.double({ min: -0.3, max: 0.3, noNaN: true })],
      ...[fc.double({ min: -40, max: 40, noNaN: true }), fc.constantFrom(0, 0.0006)],
    )
    .map(([scale, shear, shift, bend]) =>
      Float64Array.from([scale, shear, shift, -shear, scale, shift / 2, bend, bend / 2]),
    );

  it('shrinking, laying, shades, details and the search for cells', () => {
    let compared = 0;
    fc.assert(
      fc.property(pictures(64), pictures(64), maps, fc.boolean(), (asset, post, map, isSame) => {
        const theirs = isSame ? asset : post;
        const [width, height] = [Math.ceil(asset.width * 0.9), Math.ceil(asset.height * 0.9)];
        const rasters = new CellRasters(width, height, theirs);
        const ours = rasters.shrink(asset);
        const shapes = rasters.withoutShades(ours, 8);
        const laid = rasters.lay(map);
        const laidShapes = rasters.withoutShades(laid, 8);
        const plainOurs = plainCells.shrink(asset, width, height);
        const plainShapes = plainCells.withoutShades(plainOurs, 8);
        const plainLaid = plainCells.lay(theirs, map, width, height);
        const plainLaidShapes = plainCells.withoutShades(plainLaid, 8);
        expect(rasters.numbersOf(ours)).toEqual(plainOurs.data);
        expectNear(rasters.numbersOf(laid), plainLaid.data, 0.001);
        expectNear(rasters.numbersOf(shapes), plainShapes.data, 0.01);
        expectNear(rasters.numbersOf(laidShapes), plainLaidShapes.data, 0.01);

        const cells = cellsOf(width, height);
        const details = cells.map((cell) => plainCells.detailOf(plainLaidShapes, cell, 20));
        expectNear(rasters.detailsOf(laidShapes, cells), details, 0.05);
        const moves = [-2, 0, 2].flatMap((dy) => [-4, 0, 2].map((dx) => [dx, dy] as const));
        const full = rasters.find(rasters.patternsOf(shapes, cells), laidShapes, cells, moves, 2);
        const halved = rasters.patternsOf(rasters.halve(shapes), cells);
        const half = rasters.find(halved, rasters.halve(laidShapes), cells, moves, 2);
        cells.forEach((cell, i) => {
          // A nearly even cell's correlation is noise in either precision.
          if (!(plainCells.detailOf(plainShapes, cell, 20) > 4)) return;
          for (const [{ score, dx, dy }, stride] of [
            [full[i]!, 1],
            [half[i]!, 2],
          ] as const) {
            const pattern = plainCells.patternOf(plainShapes, cell, 20, stride)!;
            const scores = moves.map(([x, y]) =>
              plainCells.correlateAt(pattern, plainLaidShapes, cell.x + x, cell.y + y, 20, stride),
            );
            const best = Math.max(...scores);
            // A low correlation is noise, which the precision may move.
            if (Math.max(best, score) < 0.3) continue;
            expect(Math.abs(score - best)).toBeLessThan(0.03);
            const at = moves.findIndex(([x, y]) => x === dx && y === dy);
            expect(Math.abs(score - scores[at]!)).toBeLessThan(0.03);
            compared++;
          }
        });
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(0);
  });
});

it('the ground around cells is what counting all pixels around each gives', () => {
  fc.assert(
    fc.property(pictures(41, 120), fc.nat(), ({ width, height, data }, seed) => {
      const random = randomNumbers(seed);
      const isCut = random() < 0.5;
      const numbers = Float32Array.from(data, (value) =>
        isCut && random() < 0.02 ? Number.NaN : Math.min(255, value + random()),
      );
      const groundAt = groundsOf(numbers, { place: 0, width, height, stride: 1 });
      for (const cell of cellsOf(width, height)) {
        expect(groundAt(cell)).toBe(plainCells.groundOf(numbers, width, height, cell));
      }
    }),
    RUNS,
  );
});

function cellsOf(width: number, height: number): Cell[] {
  const cells: Cell[] = [];
  for (let y = 0; y + 20 <= height; y += 20) for (let x = 0; x + 20 <= width; x += 20) cells.push({ x, y });
  return cells;
}

/** NaN equals NaN only. */
function expectNear(numbers: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(numbers.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (
      Number.isNaN(expected[i]!)
        ? Number.isNaN(numbers[i]!)
        : Math.abs(numbers[i]! - expected[i]!) <= tolerance
    ) {
      continue;
    }
    expect(numbers[i]).toBe(expected[i]);
  }
}
