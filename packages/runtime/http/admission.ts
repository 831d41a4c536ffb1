/**
 * Admits requests before their bodies are read, so that what strangers send at once is bounded in bytes and number:
 *
 *   enter ──room──▶ admitted ──leave──▶ room for the next in line
 *     └──no room──▶ waiting ──room──▶ admitted
 *                      └──too long, or too many wait──▶ refused
 *
 * One caller gets at most half of the room: the other half stays free for everybody else.
 */

export interface AdmissionLimits {
  /** Bytes of all bodies admitted at once. */
  readonly bytes: number;
  /** Requests admitted at once. */
  readonly requests: number;
  /** Requests that may wait for room. */
  readonly waiting: number;
  /** The longest wait. */
  readonly waitMs: number;
}

export interface Admission {
  /**
   * Waits for room.
   *
   * @param caller - who shares one half of the room, such as an address
   * @param bytes - the announced length of the body; one above the limit is admitted when nothing else is
   * @returns a function that gives the room back, repeatable; null if there is no room in time, or `signal` is aborted first
   */
  enter(caller: string, bytes: number, signal: AbortSignal): Promise<(() => void) | null>;
}

interface Held {
  bytes: number;
  requests: number;
}

interface Waiting {
  readonly caller: string;
  readonly bytes: number;
  readonly admit: (leave: (() => void) | null) => void;
}

export function createAdmission(limits: AdmissionLimits): Admission {
  const all: Held = { bytes: 0, requests: 0 };
  const byCaller = new Map<string, Held>();
  const waiting = new Set<Waiting>();

  const hasRoom = (caller: string, bytes: number): boolean => {
    const own = byCaller.get(caller);
    return (
      fits(all, bytes, limits.bytes, limits.requests) &&
      (own === undefined || fits(own, bytes, limits.bytes / 2, Math.max(1, limits.requests / 2)))
    );
  };

  const take = (caller: string, bytes: number): (() => void) => {
    const own = byCaller.get(caller) ?? { bytes: 0, requests: 0 };
    byCaller.set(caller, own);
    for (const held of [all, own]) {
      held.bytes += bytes;
      held.requests += 1;
    }
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      for (const held of [all, own]) {
        held.bytes -= bytes;
        held.requests -= 1;
      }
      if (own.requests === 0) byCaller.delete(caller);
      admitWaiting();
    };
  };

  const admitWaiting = () => {
    for (const one of waiting) {
      if (!hasRoom(one.caller, one.bytes)) continue;
      waiting.delete(one);
      one.admit(take(one.caller, one.bytes));
    }
  };

  return {
    enter: (caller, bytes, signal) => {
      if (signal.aborted) return Promise.resolve(null);
      if (hasRoom(caller, bytes)) return Promise.resolve(take(caller, bytes));
      if (waiting.size >= limits.waiting) return Promise.resolve(null);
      return new Promise((resolve) => {
        const giveUp = () => {
          if (waiting.delete(one)) one.admit(null);
        };
        const timer = setTimeout(giveUp, limits.waitMs);
        signal.addEventListener('abort', giveUp, { once: true });
        const one: Waiting = {
          caller,
          bytes,
          admit: (leave) => {
            clearTimeout(timer);
            signal.removeEventListener('abort', giveUp);
            resolve(leave);
          },
        };
        waiting.add(one);
      });
    },
  };
}

/** True if a request fits beside what is held. The first always does. */
function fits(held: Held, bytes: number, mostBytes: number, mostRequests: number): boolean {
  return held.requests === 0 || (held.bytes + bytes <= mostBytes && held.requests + 1 <= mostRequests);
}
