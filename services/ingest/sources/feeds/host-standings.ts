const FAILURES_UNTIL_OPEN = 5;
const OPEN_MS = 60_000;

/** The standing of hosts in this process. A host that fails again and again, or asks for rest, is left alone for a time. */
export function createHostStandings(clock: () => Date) {
  const hosts = new Map<string, { failures: number; restsUntil: number }>();
  return {
    /** Milliseconds for which a host is to be left alone; 0 if it may be asked. */
    restMs: (host: string): number => Math.max((hosts.get(host)?.restsUntil ?? 0) - clock().getTime(), 0),
    noteSuccess: (host: string): void => void hosts.delete(host),
    noteFailure: (host: string, retryAfterMs: number | null): void => {
      const failures = (hosts.get(host)?.failures ?? 0) + 1;
      const restMs = retryAfterMs ?? (failures >= FAILURES_UNTIL_OPEN ? OPEN_MS : 0);
      hosts.set(host, { failures, restsUntil: clock().getTime() + restMs });
    },
  };
}
