import { type RectShares, WHOLE_PICTURE } from './shares.ts';

/** Aspect ratios (width / height) of crops by platforms and collages. */
const ASPECTS = [1, 4 / 5, 5 / 4, 9 / 16, 16 / 9, 3 / 4, 4 / 3];
/** Least and most share that a crop takes away. A smaller one has the same hash; a larger one leaves too little. */
const LEAST_CUT = 0.06;
const MOST_CUT = 0.6;

/** Gives the whole picture, then its middle in each common shape. */
export function aspectCrops(width: number, height: number): RectShares[] {
  const shape = width / height;
  const crops = [WHOLE_PICTURE];
  for (const aspect of ASPECTS) {
    const kept = Math.min(aspect / shape, shape / aspect);
    if (1 - kept < LEAST_CUT || 1 - kept > MOST_CUT) continue;
    const margin = (1 - kept) / 2;
    crops.push(
      aspect < shape
        ? { left: margin, top: 0, right: 1 - margin, bottom: 1 }
        : { left: 0, top: margin, right: 1, bottom: 1 - margin },
    );
  }
  return crops;
}
