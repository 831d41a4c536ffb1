import sharp from 'sharp';
import { type Still, type StillList } from './still.ts';

/** Most pictures of a file that are fingerprinted. */
const MAX_CHOSEN = 24;
/** Side of the tiny copies that are compared. */
const PREVIEW_SIDE_PX = 24;
/** Side of a block of a copy: a change in one block, such as a picture in picture, makes frames different. */
const BLOCK_PX = 4;
/** Mean difference per colour value of a block, of 255, below which two frames show the same. */
const SAME = 16;
/** Most numbers of unseen pictures in a note. */
const MAX_NAMED = 20;
/** Time on screen that counts fully; shorter frames count less. */
const LONG_MS = 500;

export interface ChosenStills {
  readonly chosen: readonly Still[];
  /** Pictures that were neither chosen nor like a chosen one; described for people. */
  readonly unseen: string | null;
}

/**
 * Chooses the pictures of a file to look at: those that differ most from the ones chosen before, long shown ones before short
 * ones. The last one is always chosen, because an animation stops there.
 */
export async function chooseStills({ stills, total }: StillList): Promise<ChosenStills> {
  if (stills.length === 1) return { chosen: stills, unseen: describeUnseen(stills, total) };
  const previews = await Promise.all(stills.map(previewOf));
  const last = stills.length - 1;
  const chosen = [last];
  const distances = previews.map((preview) => differenceOf(preview, previews[last]!));
  while (chosen.length < MAX_CHOSEN) {
    const next = mostDifferent(stills, distances);
    if (next === null) break;
    chosen.push(next);
    previews.forEach((preview, i) => {
      distances[i] = Math.min(distances[i]!, differenceOf(preview, previews[next]!));
    });
  }
  return {
    chosen: chosen.toSorted((a, b) => a - b).map((i) => stills[i]!),
    unseen: describeUnseen(
      stills.filter((_, i) => distances[i]! < SAME),
      total,
    ),
  };
}

/** Makes a tiny copy; empty for a picture that can't be decoded, which then counts as different. */
async function previewOf({ bytes, input }: Still): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { ...input, failOn: 'none' })
      .resize(PREVIEW_SIDE_PX, PREVIEW_SIDE_PX, { fit: 'fill' })
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch {
    return new Uint8Array();
  }
}

/** Gives the difference of the block that differs most. */
function differenceOf(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length || a.length === 0) return a === b ? 0 : 255;
  const across = PREVIEW_SIDE_PX / BLOCK_PX;
  const sums = new Float64Array(across * across);
  for (let i = 0; i < a.length; i++) {
    const pixel = Math.floor(i / 3);
    const row = Math.floor(pixel / PREVIEW_SIDE_PX / BLOCK_PX);
    const column = Math.floor((pixel % PREVIEW_SIDE_PX) / BLOCK_PX);
    sums[row * across + column]! += Math.abs(a[i]! - b[i]!);
  }
  return sums.reduce((most, sum) => Math.max(most, sum)) / (BLOCK_PX * BLOCK_PX * 3);
}

function mostDifferent(stills: readonly Still[], distances: readonly number[]): number | null {
  let best: number | null = null;
  let bestScore = 0;
  stills.forEach(({ durationMs }, i) => {
    const distance = distances[i]!;
    const weight = durationMs === null ? 1 : 0.5 + 0.5 * Math.min(1, durationMs / LONG_MS);
    if (distance < SAME || distance * weight <= bestScore) return;
    best = i;
    bestScore = distance * weight;
  });
  return best;
}

/** Counts and names the pictures of a file that are not among the seen ones; null for none. */
function describeUnseen(seen: readonly Still[], total: number): string | null {
  const numbers = new Set(seen.map(({ number }) => number));
  const unseen = Array.from({ length: total }, (_, i) => i + 1).filter((number) => !numbers.has(number));
  if (unseen.length === 0) return null;
  const named = unseen.slice(0, MAX_NAMED).join(', ') + (unseen.length > MAX_NAMED ? ' …' : '');
  return `${unseen.length} of ${total} frames or pages were not looked at: ${named}`;
}
