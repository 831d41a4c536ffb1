/**
 * Upper end of a one-sided 95 % confidence interval for the number of rare events, of which `count` were seen: the mean of the Poisson
 * distribution that gives no more than so many with a chance of 5 %.
 */
export function upperBound(count: number): number {
  let [low, high] = [count, count * 2 + 10];
  while (high - low > 1e-6) {
    const mean = (low + high) / 2;
    if (chanceOfAtMost(count, mean) > 0.05) low = mean;
    else high = mean;
  }
  return high;
}

function chanceOfAtMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= count; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}
