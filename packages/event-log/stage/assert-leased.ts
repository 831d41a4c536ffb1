import { type Subscription } from '../port/event-log.ts';

/** Longer than any lease and any rebalancing of a group. */
const PATIENCE_MS = 30_000;

/**
 * For readiness: does the log still count this member as alive?
 *
 * @param name - who it is, for people
 * @throws where its lease has surely ended
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
