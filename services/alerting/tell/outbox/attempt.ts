import { backOffMs, messageOf, withDeadline } from '@leakwatch/runtime';
import { PartlyDeliveredError } from '../channels/channel.ts';
import { type DeliveryOutcome } from '../queries/finish-delivery.ts';
import { type DeliverySettings } from './delivery-settings.ts';

/** An attempt's lease outlasts its timeout by so much: only a process that died leaves one to others. */
export const LEASE_MARGIN_MS = 30_000;

/**
 * Tells once, and plans the next attempt where that fails and another may help.
 *
 * @param standing - how many attempts there were with this one, and how old the notice is
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
