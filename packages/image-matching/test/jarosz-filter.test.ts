import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filterAndSample } from '../pdq/jarosz-filter.ts';
import { randomNumbers } from './helpers/random-hashes.ts';

it('equals two passes of a box over one line after another, bit for bit, at any size', () => {
  const side = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(side, side, fc.nat(), (width, height, seed) => {
      const random = randomNumbers(seed);
      const luma = Float32Array.from({ length: width * height }, () => random() * 255);
      const expected = filteredLineByLine(luma, width, height);
      expect(filterAndSample(luma.slice(), width, height, 64)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

/** The reference's steps in their plain form. */
function filteredLineByLine(luma: Float32Array, width: number, height: number): Float32Array {
  let picture = luma;
  for (let pass = 0; pass < 2; pass++) {
    const rows = Float32Array.from(picture);
    for (let y = 0; y < height; y++) {
      rows.set(boxed(picture.subarray(y * width, (y + 1) * width)), y * width);
    }
    picture = rows.slice();
    for (let x = 0; x < width; x++) {
      boxed(Float32Array.from({ length: height }, (_, y) => rows[y * width + x]!)).forEach((value, y) => {
        picture[y * width + x] = value;
      });
    }
  }
  const at = (i: number, dimension: number) => Math.floor(((i + 0.5) * dimension) / 64);
  return Float32Array.from(
    { length: 64 * 64 },
    (_, i) => picture[at(Math.floor(i / 64), height) * width + at(i % 64, width)]!,
  );
}

/** Width of the box along an axis of `dimension` pixels: about two boxes for each of the 64 output samples. */
function boxWidth(dimension: number): number {
  return Math.floor((dimension + 127) / 128);
}

function boxed(line: Float32Array): Float32Array {
  const box = boxWidth(line.length);
  const ahead = Math.floor((box + 2) / 2) - 1;
  let sum = Math.fround(0);
  let count = 0;
  const out = new Float32Array(line.length);
  for (let enter = 0; enter < line.length + ahead; enter++) {
    if (enter < line.length) {
      sum = Math.fround(sum + line[enter]!);
      count++;
    }
    if (enter >= box) {
      sum = Math.fround(sum - line[enter - box]!);
      count--;
    }
    if (enter >= ahead) out[enter - ahead] = Math.fround(sum / count);
  }
  return out;
}
