/** x' = a·x + b·y + c, y' = d·x + e·y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export function mapX({ a, b, c }: Affine, x: number, y: number): number {
  return a * x + b * y + c;
}

export function mapY({ d, e, f }: Affine, x: number, y: number): number {
  return d * x + e * y + f;
}

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  return {
    a: outer.a * inner.a + outer.b * inner.d,
    b: outer.a * inner.b + outer.b * inner.e,
    c: mapX(outer, inner.c, inner.f),
    d: outer.d * inner.a + outer.e * inner.d,
    e: outer.d * inner.b + outer.e * inner.e,
    f: mapY(outer, inner.c, inner.f),
  };
}

/** Null for a map that flattens the plane. */
export function invert({ a, b, c, d, e, f }: Affine): Affine | null {
  const determinant = a * e - b * d;
  if (determinant === 0) return null;
  return {
    a: e / determinant,
    b: -b / determinant,
    c: (b * f - c * e) / determinant,
    d: -d / determinant,
    e: a / determinant,
    f: (c * d - a * f) / determinant,
  };
}

/** Turns by `angle` (radians), scales and shifts. */
export function similarity(angle: number, scale: number, c: number, f: number): Affine {
  const cos = Math.cos(angle) * scale;
  const sin = Math.sin(angle) * scale;
  return { a: cos, b: -sin, c, d: sin, e: cos, f };
}

/** Mean scale, and the ratio of the largest to the smallest stretch (1 for a similarity). */
export function stretch({ a, b, d, e }: Affine): { scale: number; anisotropy: number; mirrors: boolean } {
  const determinant = a * e - b * d;
  const half = (a * a + b * b + d * d + e * e) / 2;
  const root = Math.sqrt(Math.max(0, half * half - determinant * determinant));
  const smaller = Math.sqrt(Math.max(0, half - root));
  return {
    scale: Math.sqrt(Math.abs(determinant)),
    anisotropy: smaller === 0 ? Infinity : Math.sqrt(half + root) / smaller,
    mirrors: determinant < 0,
  };
}

/** Pairs of points as parallel arrays. */
export interface PointPairs {
  readonly count: number;
  readonly fromX: Float64Array;
  readonly fromY: Float64Array;
  readonly toX: Float64Array;
  readonly toY: Float64Array;
}

/** Points with a smaller share of variance across count as a line; an edge looks like any other edge. */
const MIN_SPREAD = 4e-3;

/** Fits an affine map to the chosen pairs by least squares; null when they lie on a line. */
export function fitAffine(pairs: PointPairs, chosen: readonly number[]): Affine | null {
  const n = chosen.length;
  if (n < 3) return null;
  let [mx, my, mu, mv] = [0, 0, 0, 0];
  for (const i of chosen) {
    mx += pairs.fromX[i]!;
    my += pairs.fromY[i]!;
    mu += pairs.toX[i]!;
    mv += pairs.toY[i]!;
  }
  [mx, my, mu, mv] = [mx / n, my / n, mu / n, mv / n];
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (const i of chosen) {
    const [x, y] = [pairs.fromX[i]! - mx, pairs.fromY[i]! - my];
    const [u, v] = [pairs.toX[i]! - mu, pairs.toY[i]! - mv];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const determinant = xx * yy - xy * xy;
  if (determinant <= MIN_SPREAD * (xx + yy) ** 2) return null;
  const a = (xu * yy - yu * xy) / determinant;
  const b = (yu * xx - xu * xy) / determinant;
  const d = (xv * yy - yv * xy) / determinant;
  const e = (yv * xx - xv * xy) / determinant;
  return { a, b, c: mu - a * mx - b * my, d, e, f: mv - d * mx - e * my };
}
