/**
 * Remembers how hosts of pictures behave, so that one that does not answer costs nobody else's time:
 *
 *   unknown ──answers in time──▶ known
 *      └──────── slow ──────────▶ slow: the lane leaves it to the queue for a while
 *   any ──does not answer in the queue either, three times──▶ away: not asked at all for a while
 *
 * A stranger may name a new host in every post. So while many hosts that never answered are slow, the lane leaves all such
 * hosts to the queue.
 */

export interface HostStanding {
  /** Whether the lane may wait for this host. */
  mayAskNow(host: string): boolean;
  /** Hosts that the queue should leave alone for now. */
  away(): string[];
  /** Notes an answer, whatever it says. */
  answered(host: string, ms: number): void;
  /** Notes that none came: within the patience of the lane, or within the whole time to fetch. */
  failed(host: string, within: 'patience' | 'time'): void;
}

interface Host {
  isKnown: boolean;
  failures: number;
  slowUntil: number;
  awayUntil: number;
}

const REST_MS = 30_000;
const LONGEST_REST_MS = 300_000;
/** Failures in a row after which a host is away. */
const MOST_FAILURES = 3;
/** Slow hosts that never answered, after which the lane waits for no such host. */
const MOST_UNKNOWN_SLOW = 8;
/** Hosts remembered; the one unused for longest goes first. */
const MOST_HOSTS = 10_000;

/** @param patienceMs - the longest time that the lane waits for a host */
export function createHostStanding(patienceMs: number, now: () => number = Date.now): HostStanding {
  const hosts = new Map<string, Host>();
  const unknownSlow = new Map<string, number>();

  const of = (name: string): Host => {
    const host = hosts.get(name) ?? { isKnown: false, failures: 0, slowUntil: 0, awayUntil: 0 };
    hosts.delete(name);
    hosts.set(name, host);
    for (const first of hosts.keys()) {
      if (hosts.size <= MOST_HOSTS) break;
      hosts.delete(first);
    }
    return host;
  };
  const unknownAreSlow = () => {
    for (const [name, until] of unknownSlow) if (until <= now()) unknownSlow.delete(name);
    return unknownSlow.size >= MOST_UNKNOWN_SLOW;
  };

  return {
    mayAskNow: (name) => {
      const host = hosts.get(name);
      if (host !== undefined && Math.max(host.slowUntil, host.awayUntil) > now()) return false;
      return host?.isKnown === true || !unknownAreSlow();
    },
    away: () => [...hosts].flatMap(([name, { awayUntil }]) => (awayUntil > now() ? [name] : [])),
    answered: (name, ms) => {
      const host = of(name);
      host.failures = 0;
      host.awayUntil = 0;
      if (ms > patienceMs) return;
      host.isKnown = true;
      host.slowUntil = 0;
      unknownSlow.delete(name);
    },
    failed: (name, within) => {
      const host = of(name);
      host.slowUntil = now() + REST_MS;
      if (!host.isKnown) {
        unknownSlow.delete(name);
        unknownSlow.set(name, host.slowUntil);
        for (const first of unknownSlow.keys()) {
          if (unknownSlow.size <= MOST_UNKNOWN_SLOW) break;
          unknownSlow.delete(first);
        }
      }
      if (within === 'patience') return;
      host.failures += 1;
      const beyond = host.failures - MOST_FAILURES;
      if (beyond >= 0) host.awayUntil = now() + Math.min(REST_MS * 2 ** beyond, LONGEST_REST_MS);
    },
  };
}
