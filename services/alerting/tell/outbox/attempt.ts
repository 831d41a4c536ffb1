import { backOffMs, messageOf, withDeadline } from '@leakwatch/runtime';
import { PartlyDeliveredError } from '../channels/channel.ts';
import { type DeliveryOutcome } from '../queries/finish-delivery.ts';
import { type DeliverySettings } from './delivery-settings.ts';

/** The margin by which an attempt's lease outlasts its timeout: only a process that died leaves one to others. */
export const LEASE_MARGIN_MS = 30_000;

/**
 * Makes one attempt, and plans the next if it fails and another may help.
 *
 * @param standing - the number of attempts, this one included, and the age of the notice
 */
export async function attempt(
  tell: () => Promise<void>,
  { attempts, ageMs, timeoutMs }: { attempts: number; ageMs: number; timeoutMs: number },
  settings: DeliverySettings,
): Promise<DeliveryOutcome> {
  try {
    await withDeadline(tell(), timeoutMs);
    return { kind: 'delivered' };
  } catch (error) {
    const isPartly = error instanceof PartlyDeliveredError;
    const failure = { error: messageOf(error), ...(isPartly ? { reached: error.reached } : {}) };
    const isHopeless = isPartly && error.isFinal;
    if (isHopeless || ageMs >= settings.giveUpAfterMs) return { kind: 'gave-up', ...failure };
    const { firstRetryMs: firstMs, longestRetryMs: longestMs } = settings;
    return { kind: 'failed', ...failure, retryInMs: backOffMs({ firstMs, longestMs }, attempts) };
  }
}
