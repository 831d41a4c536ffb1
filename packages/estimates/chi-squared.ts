const MAX_ROUNDS = 10_000;
const PRECISION = 1e-14;
/** Halvings of an interval: more than the bits of a double. */
const HALVINGS = 200;

/**
 * The x that a chi-squared variable stays below with probability `p`.
 *
 * Bisects its distribution function, the regularised incomplete gamma function P(k/2, x/2). The function rises, so
 * bisection always ends at the precision of a double.
 *
 * @param degrees - of freedom: above 0, and not necessarily whole
 */
export function chiSquaredQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1 && degrees > 0)) throw new RangeError('p must lie between 0 and 1, degrees above 0');
  const shape = degrees / 2;
  let low = 0;
  let high = Math.max(1, degrees);
  while (lowerGamma(shape, high / 2) < p) high *= 2;
  for (let round = 0; round < HALVINGS; round++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (lowerGamma(shape, middle / 2) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(a, x), after M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 6.5.29 (the series, which converges fast for
 * x < a + 1) and 6.5.31 (the continued fraction of the complement, for larger x, by Lentz's method).
 */
function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? scale * seriesSum(a, x) : 1 - scale * continuedFraction(a, x);
}

function seriesSum(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_ROUNDS && term > sum * PRECISION; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function continuedFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAX_ROUNDS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b, tiny);
    c = awayFromZero(b + numerator / c, tiny);
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < PRECISION) break;
  }
  return value;
}

function awayFromZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Coefficients of Stirling's series, B₂ₖ / (2k(2k−1)): Abramowitz and Stegun 6.1.41. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188];
/** From this value on the series is as exact as a double. */
const LARGE = 15;

function logGamma(a: number): number {
  // Γ(a) = Γ(a + n) / (a (a+1) … (a+n−1)) shifts small values to where the series is good.
  let shift = 0;
  let at = a;
  for (; at < LARGE; at++) shift += Math.log(at);
  const series = STIRLING.reduce((sum, coefficient, k) => sum + coefficient / at ** (2 * k + 1), 0);
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
