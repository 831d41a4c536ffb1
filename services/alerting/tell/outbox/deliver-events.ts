import { traceIdOf, traceStage, type Logger, type Metrics } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { type Channel } from '../channels/channel.ts';
import { claimDeliveries, type Delivery } from '../queries/claim-deliveries.ts';
import { finishDelivery, type DeliveryOutcome } from '../queries/finish-delivery.ts';
import { attempt, LEASE_MARGIN_MS } from './attempt.ts';
import { type DeliverySettings } from './delivery-settings.ts';

/** At the same time, each of another alert. */
const DELIVERIES_PER_TURN = 16;

export interface DeliverOptions {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly settings: DeliverySettings;
}

/** One round of a channel: delivers due notices, records each outcome, and plans the next attempt for failures. */
export async function deliverEvents(
  store: Pick<Store, 'pool'>,
  channel: Channel,
  options: DeliverOptions,
): Promise<{ attempts: number; delivered: number }> {
  const deliveries = await claimDeliveries(store.pool, {
    channel: channel.name,
    limit: DELIVERIES_PER_TURN,
    leaseMs: channel.timeoutMs + LEASE_MARGIN_MS,
  });
  const outcomes = await Promise.all(
    deliveries.map(async (delivery) => {
      const startedAt = new Date();
      const { seq, event, reached, calls, attempts } = delivery;
      const traceparent = delivery.traceparent ?? undefined;
      const outcome = await attempt(
        () => channel.deliver(event, { traceparent, reached, calls }),
        { ...delivery, timeoutMs: channel.timeoutMs },
        options.settings,
      );
      await finishDelivery(store.pool, { seq, channel: channel.name, attempts }, outcome);
      report(channel, delivery, outcome, options);
      // A repetition is no part of the post's way to people.
      if (delivery.repeats === 0) {
        traceStage(options.logger, {
          stage: `channel-${channel.name}`,
          traceparent: delivery.traceparent,
          startedAt,
          outcome: outcome.kind === 'delivered' ? 'ok' : outcome.kind,
        });
      }
      return outcome.kind;
    }),
  );
  const delivered = outcomes.filter((kind) => kind === 'delivered').length;
  return { attempts: outcomes.length, delivered };
}

function report(
  channel: Channel,
  { event, attempts, traceparent }: Delivery,
  outcome: DeliveryOutcome,
  { metrics, logger }: DeliverOptions,
): void {
  metrics.notifications.inc({ channel: channel.name, outcome: outcome.kind });
  const about = { channel: channel.name, event: event.id, attempts, trace_id: traceIdOf(traceparent) };
  if (outcome.kind === 'delivered') logger.debug(about, 'notice delivered');
  else logger.warn({ ...about, outcome: outcome.kind, error: outcome.error }, 'notice not delivered');
}
