import { type Subscription } from '../port/event-log.ts';

/** Longer than any lease, and than any rebalance of a group. */
const PATIENCE_MS = 30_000;

/**
 * For readiness: checks that the log still counts this member as alive.
 *
 * @param name - names the member in the message
 * @throws Error when the lease has surely expired
 */
export function assertLeased(
  name: string,
  subscription: Pick<Subscription, 'lastBeatAt'>,
  now = new Date(),
): void {
  const silentMs = now.getTime() - subscription.lastBeatAt().getTime();
  if (silentMs <= PATIENCE_MS) return;
  throw new Error(`${name}: its lease has expired, no heartbeat for ${Math.round(silentMs / 1000)} s`);
}
