const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;

/** How patiently notices are delivered. */
export const DEFAULT_DELIVERY = {
  firstRetryMs: SECOND_MS,
  longestRetryMs: HOUR_MS,
  /** After a week a notice is of no use any more. */
  giveUpAfterMs: 7 * 24 * HOUR_MS,
  /** The safety net under the notification of the outbox. */
  pollMs: SECOND_MS,
};
export type DeliverySettings = typeof DEFAULT_DELIVERY;
