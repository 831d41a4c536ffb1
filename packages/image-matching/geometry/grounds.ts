import { CELL_PX, type Cell, type Raster } from './cell-raster.ts';

/** Width of the surroundings around a cell whose most frequent brightness is its ground, and the least share of pixels that makes one. */
const MARGIN_PX = CELL_PX / 2;
const GROUND_SHARE = 0.3;
/** Levels of brightness in a step of the histogram, and the steps with an empty one on either side. */
const STEP = 4;
const STEPS = 256 / STEP + 2;
/** Side of the blocks that are counted once and added up: cells and their surroundings are made of whole blocks. */
const BLOCK_PX = MARGIN_PX;

/**
 * Gives a function of a cell to the most frequent brightness around it; null when none is frequent.
 *
 * @param numbers a raster's, which must stay
 */
export function groundsOf(numbers: Float32Array, raster: Raster): (cell: Cell) => number | null {
  const across = Math.ceil(raster.width / BLOCK_PX);
  const down = Math.ceil(raster.height / BLOCK_PX);
  const counts = new Uint8Array(across * down * STEPS);
  const isCounted = new Uint8Array(across * down);
  const steps = new Uint16Array(STEPS);
  return ({ x, y }) => {
    steps.fill(0);
    const [left, right] = blocksAround(x, across);
    const [top, bottom] = blocksAround(y, down);
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const block = row * across + column;
        if (isCounted[block] === 0) {
          countBlock(numbers, raster, row * BLOCK_PX, column * BLOCK_PX, counts, block * STEPS);
          isCounted[block] = 1;
        }
        for (let step = 0, at = block * STEPS; step < STEPS; step++, at++) steps[step]! += counts[at]!;
      }
    }
    return mostFrequent(steps);
  };
}

function blocksAround(at: number, count: number): [from: number, to: number] {
  const first = (at - MARGIN_PX) / BLOCK_PX;
  return [Math.max(0, first), Math.min(count, first + (CELL_PX + 2 * MARGIN_PX) / BLOCK_PX)];
}

function countBlock(
  numbers: Float32Array,
  { width, height }: Raster,
  top: number,
  left: number,
  counts: Uint8Array,
  at: number,
): void {
  for (let y = top; y < Math.min(height, top + BLOCK_PX); y++) {
    for (let x = left; x < Math.min(width, left + BLOCK_PX); x++) {
      const value = numbers[y * width + x]!;
      if (!Number.isNaN(value)) counts[at + Math.floor(value / STEP) + 1]!++;
    }
  }
}

function mostFrequent(steps: Uint16Array): number | null {
  let pixels = 0;
  for (let step = 0; step < STEPS; step++) pixels += steps[step]!;
  let [most, at] = [0, 0];
  for (let step = 1; step < STEPS - 1; step++) {
    const near = steps[step - 1]! + steps[step]! + steps[step + 1]!;
    if (near > most) [most, at] = [near, step];
  }
  return most >= pixels * GROUND_SHARE ? (at - 0.5) * STEP : null;
}
