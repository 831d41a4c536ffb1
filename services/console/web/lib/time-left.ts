const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Says a span of time in one or two units: `4 min`, `2 d 21 h`. */
export function describeSpan(ms: number, units: 1 | 2 = 1): string {
  const size = Math.abs(ms);
  if (size < MINUTE_MS) return `${Math.floor(size / 1000)} s`;
  if (size < HOUR_MS) return `${Math.floor(size / MINUTE_MS)} min`;
  if (size < DAY_MS) {
    const hours = Math.floor(size / HOUR_MS);
    const minutes = Math.floor((size % HOUR_MS) / MINUTE_MS);
    return units === 1 || minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  }
  const days = Math.floor(size / DAY_MS);
  const hours = Math.floor((size % DAY_MS) / HOUR_MS);
  return units === 1 || hours === 0 ? `${days} d` : `${days} d ${hours} h`;
}

/** Says a measured duration: `138 ms`, `1.3 s`, `41 s`, `6 min`. */
export function describeDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return describeSpan(ms, 2);
}
