/** Counts calls by name in windows of a minute. A window begins with its first call. */
export interface RateLimit {
  /** Seconds until the next call is allowed; 0: this one is. */
  secondsToWait(name: string, nowMs: number): number;
}

const WINDOW_MS = 60_000;
/** Beyond this many names, those whose windows are over are dropped. */
const NAMES = 10_000;

export function limitRate(callsPerMinute: number): RateLimit {
  const windows = new Map<string, { readonly endsAtMs: number; calls: number }>();
  const forgetEnded = (nowMs: number) => {
    for (const [name, { endsAtMs }] of windows) if (endsAtMs <= nowMs) windows.delete(name);
  };
  return {
    secondsToWait: (name, nowMs) => {
      if (windows.size >= NAMES) forgetEnded(nowMs);
      const current = windows.get(name);
      if (current === undefined || current.endsAtMs <= nowMs) {
        windows.set(name, { endsAtMs: nowMs + WINDOW_MS, calls: 1 });
        return 0;
      }
      current.calls++;
      return current.calls <= callsPerMinute ? 0 : Math.ceil((current.endsAtMs - nowMs) / 1000);
    },
  };
}
