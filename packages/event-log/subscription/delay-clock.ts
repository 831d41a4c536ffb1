import { type Delay } from '../port/event-log.ts';

/** Measures how long something that should happen again and again has not happened. */
export function startDelayClock(now: () => number = () => performance.now()) {
  let lastAt = now();
  let reason: string | null = null;
  return {
    happened(): void {
      lastAt = now();
      reason = null;
    },
    failed(error: Error): void {
      reason = error.message;
    },
    read: (): Delay => ({ forMs: now() - lastAt, reason }),
  };
}
