import { type Delay, type Subscription } from '../port/event-log.ts';

/** Longer than any lease, and than any rebalance of a group. */
const BEAT_PATIENCE_MS = 30_000;
/** Ends are looked for each second, so this is a log that cannot be read. */
const LOOK_PATIENCE_MS = 60_000;
/** A batch may take minutes while records wait behind it. */
const PROGRESS_PATIENCE_MS = 600_000;

/**
 * For readiness: checks that the log still counts this member as alive, that it can be read, and that the member gets on.
 *
 * @param name - names the member in the message
 * @throws Error when the lease has surely expired, or records wait in vain
 */
export function assertLeased(name: string, subscription: Pick<Subscription, 'delays'>): void {
  const { beat, look, progress } = subscription.delays();
  if (beat.forMs > BEAT_PATIENCE_MS) {
    throw new Error(`${name}: its lease has expired, no heartbeat for ${describe(beat)}`);
  }
  if (look.forMs > LOOK_PATIENCE_MS) {
    throw new Error(`${name}: the log could not be read for ${describe(look)}`);
  }
  if (progress.forMs > PROGRESS_PATIENCE_MS) {
    throw new Error(`${name}: records wait, and none was finished for ${describe(progress)}`);
  }
}

function describe({ forMs, reason }: Delay): string {
  const seconds = `${Math.round(forMs / 1000)} s`;
  return reason === null ? seconds : `${seconds}: ${reason}`;
}
