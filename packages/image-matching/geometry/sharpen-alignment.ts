import { type Luma } from '../decode/luma.ts';
import { mapX, mapY, type Affine } from './affine.ts';
import { brightnessAt } from './brightness.ts';
import { solvePositiveDefinite } from './solve-linear.ts';
import { type ThumbnailPyramid } from './thumbnail-pyramid.ts';

/** Points a side at which the pictures are compared. */
const POINTS = 28;
const ROUNDS = 8;
/** Stop when a round moves no corner by more than this share of the picture. */
const SETTLED = 0.0005;
const PARAMETERS = 6;

/**
 * Moves an alignment to the best agreement of both pictures, by Gauss-Newton steps on brightness (Lucas and Kanade, 1981;
 * each step evens out brightness and contrast, as in Evangelidis and Psarakis' ECC, 2008). Few local features give a rough
 * place; soft shades make it exact.
 *
 * @param map from shares of the asset to shares of the post; returned unchanged when no step improves it
 */
export function sharpenAlignment(asset: ThumbnailPyramid, post: ThumbnailPyramid, map: Affine): Affine {
  return descend(asset.fine, post.fine, descend(asset.blurred, post.blurred, map));
}

function descend(asset: Luma, post: Luma, start: Affine): Affine {
  let map = start;
  for (let round = 0; round < ROUNDS; round++) {
    const step = gaussNewtonStep(asset, post, map);
    if (step === null) return map;
    const [da, db, dc, dd, de, df] = [step[0]!, step[1]!, step[2]!, step[3]!, step[4]!, step[5]!];
    map = { a: map.a + da, b: map.b + db, c: map.c + dc, d: map.d + dd, e: map.e + de, f: map.f + df };
    const furthest = Math.max(
      Math.abs(da) + Math.abs(db) + Math.abs(dc),
      Math.abs(dd) + Math.abs(de) + Math.abs(df),
    );
    if (furthest < SETTLED) break;
  }
  return map;
}

interface Samples {
  readonly x: number[];
  readonly y: number[];
  readonly asset: number[];
  readonly post: number[];
  readonly slopeX: number[];
  readonly slopeY: number[];
}

/** Change of the map that would make the pictures agree if brightness were linear; null without a solution. */
function gaussNewtonStep(asset: Luma, post: Luma, map: Affine): Float64Array | null {
  const samples = takeSamples(asset, post, map);
  const n = samples.x.length;
  if (n < POINTS * 4) return null;
  const ours = moments(samples.asset);
  const theirs = moments(samples.post);
  if (ours.deviation < 1 || theirs.deviation < 1) return null;
  const gain = theirs.deviation / ours.deviation;
  const matrix = new Float64Array(PARAMETERS * PARAMETERS);
  const right = new Float64Array(PARAMETERS);
  const row = new Float64Array(PARAMETERS);
  // Large differences (a sticker, a caption) count little.
  const forgiven = theirs.deviation / 2;
  for (let i = 0; i < n; i++) {
    const difference = (samples.asset[i]! - ours.mean) * gain - (samples.post[i]! - theirs.mean);
    const weight = 1 / (1 + (difference / forgiven) ** 2);
    const [x, y, gx, gy] = [samples.x[i]!, samples.y[i]!, samples.slopeX[i]!, samples.slopeY[i]!];
    row.set([gx * x, gx * y, gx, gy * x, gy * y, gy]);
    for (let p = 0; p < PARAMETERS; p++) {
      right[p]! += weight * row[p]! * difference;
      for (let q = 0; q <= p; q++) matrix[p * PARAMETERS + q]! += weight * row[p]! * row[q]!;
    }
  }
  // Damping (Levenberg) holds directions that the picture does not decide, such as a shift along stripes.
  let trace = 0;
  for (let p = 0; p < PARAMETERS; p++) trace += matrix[p * PARAMETERS + p]!;
  for (let p = 0; p < PARAMETERS; p++) matrix[p * PARAMETERS + p]! += 1e-3 * trace;
  return solvePositiveDefinite(matrix, right);
}

function takeSamples(asset: Luma, post: Luma, map: Affine): Samples {
  const samples: Samples = { x: [], y: [], asset: [], post: [], slopeX: [], slopeY: [] };
  const stepX = 1 / post.width;
  const stepY = 1 / post.height;
  for (let row = 0; row < POINTS; row++) {
    for (let column = 0; column < POINTS; column++) {
      const x = (column + 0.5) / POINTS;
      const y = (row + 0.5) / POINTS;
      const u = mapX(map, x, y);
      const v = mapY(map, x, y);
      if (u < stepX || u > 1 - stepX || v < stepY || v > 1 - stepY) continue;
      samples.x.push(x);
      samples.y.push(y);
      samples.asset.push(brightnessAt(asset, x, y));
      samples.post.push(brightnessAt(post, u, v));
      samples.slopeX.push(
        (brightnessAt(post, u + stepX, v) - brightnessAt(post, u - stepX, v)) / (2 * stepX),
      );
      samples.slopeY.push(
        (brightnessAt(post, u, v + stepY) - brightnessAt(post, u, v - stepY)) / (2 * stepY),
      );
    }
  }
  return samples;
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
