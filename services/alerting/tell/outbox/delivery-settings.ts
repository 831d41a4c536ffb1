const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;

/** How patiently notices are delivered. */
export const DEFAULT_DELIVERY = {
  firstRetryMs: SECOND_MS,
  longestRetryMs: HOUR_MS,
  /** After a week nobody waits for a notice any more. */
  giveUpAfterMs: 7 * 24 * HOUR_MS,
  /** How often the outbox is looked at where no notification of it came through. */
  pollMs: SECOND_MS,
};
export type DeliverySettings = typeof DEFAULT_DELIVERY;
