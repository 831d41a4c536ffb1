/** Requests that a host may get from this process. */
export interface HostBudget {
  readonly perMinute: number;
  /** Requests that may come at once after a quiet time. */
  readonly burst: number;
}

/** May a host be asked now? */
export type Admission =
  | { readonly kind: 'admitted' }
  /** The host asked for rest, or fails again and again. */
  | { readonly kind: 'resting'; readonly waitMs: number }
  /** Our own budget for the host is used up. */
  | { readonly kind: 'over-budget'; readonly waitMs: number };

interface Host {
  failures: number;
  restsUntil: number;
  tokens: number;
  filledAt: number;
}

export type Hosts = ReturnType<typeof createHosts>;

const FAILURES_UNTIL_OPEN = 5;
const OPEN_MS = 60_000;

/**
 * The hosts that this process polls. Each has a token bucket. A host that fails again and again, or asks for rest, is left
 * alone for a time.
 */
export function createHosts(clock: () => Date, { perMinute, burst }: HostBudget) {
  const hosts = new Map<string, Host>();
  const hostOf = (name: string): Host => {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    const host = { failures: 0, restsUntil: 0, tokens: burst, filledAt: clock().getTime() };
    hosts.set(name, host);
    return host;
  };
  return {
    /** Takes one request from the host's budget, if it may be asked. */
    admit: (name: string): Admission => {
      const host = hostOf(name);
      const now = clock().getTime();
      if (host.restsUntil > now) return { kind: 'resting', waitMs: host.restsUntil - now };
      const passedMs = Math.max(now - host.filledAt, 0);
      host.tokens = Math.min(burst, host.tokens + (passedMs * perMinute) / 60_000);
      host.filledAt = now;
      if (host.tokens < 1) {
        return { kind: 'over-budget', waitMs: Math.ceil(((1 - host.tokens) * 60_000) / perMinute) };
      }
      host.tokens -= 1;
      return { kind: 'admitted' };
    },
    noteSuccess: (name: string): void => {
      hostOf(name).failures = 0;
    },
    noteFailure: (name: string, retryAfterMs: number | null): void => {
      const host = hostOf(name);
      host.failures += 1;
      const restMs = retryAfterMs ?? (host.failures >= FAILURES_UNTIL_OPEN ? OPEN_MS : 0);
      host.restsUntil = Math.max(host.restsUntil, clock().getTime() + restMs);
    },
    /** Leaves a host alone that says that its own budget for us is used up. */
    rest: (name: string, ms: number): void => {
      const host = hostOf(name);
      host.restsUntil = Math.max(host.restsUntil, clock().getTime() + ms);
    },
  };
}
