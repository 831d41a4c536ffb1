export interface ClockStep {
  /** How far the machine's clock has jumped: forward, or back where it is negative. */
  readonly jumpMs: number;
  /** `held`: time goes on as before for now. `over`: the machine's clock is back. `taken`: its new time counts from now on. */
  readonly state: 'held' | 'over' | 'taken';
}

export interface SteadyClock {
  /** The time to go by. */
  readonly now: () => Date;
  /** The jump that is held back now; 0 without one. */
  readonly heldMs: () => number;
}

/** Corrections by the machine's time service are far smaller; those of a person or a broken service are larger. */
const STEP_MS = 30_000;
/** Long enough for a mistaken jump to be put right, or for a person to see it. */
const HOLD_MS = 600_000;

/**
 * The machine's clock without its jumps: deadlines must not pass because somebody set the clock. A jump counts only after it has
 * lasted for ten minutes. Until then time goes on at the pace of a clock that cannot be set.
 *
 * @param onStep - hears of each jump when it is noticed, and of what becomes of it
 */
export function createSteadyClock(
  onStep: (step: ClockStep) => void,
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): SteadyClock {
  let anchor = { wall: wall(), at: monotonic() };
  let heldSince: number | null = null;
  let held = 0;

  function follow(now: { wall: number; at: number }): void {
    anchor = now;
    heldSince = null;
    held = 0;
  }

  return {
    heldMs: () => held,
    now: () => {
      const now = { wall: wall(), at: monotonic() };
      const expected = anchor.wall + now.at - anchor.at;
      const jumpMs = now.wall - expected;
      if (Math.abs(jumpMs) < STEP_MS) {
        if (heldSince !== null) onStep({ jumpMs: held, state: 'over' });
        follow(now);
        return new Date(now.wall);
      }
      if (heldSince === null) {
        heldSince = now.at;
        onStep({ jumpMs, state: 'held' });
      }
      held = jumpMs;
      if (now.at - heldSince < HOLD_MS) return new Date(expected);
      onStep({ jumpMs, state: 'taken' });
      follow(now);
      return new Date(now.wall);
    },
  };
}
