/**
 * What brings the outbox to people:
 *
 *   outbox row ──▶ topic `alerts` ──▶ channel: due → attempt ─┬─ delivered
 *                                                             ├─ failed ──back-off──▶ due
 *                                                             └─ failed for a week ─▶ gave up
 *
 * Each channel has a loop of its own: one that is down keeps nobody else waiting. Within a channel each alert is told in order.
 */
import { type EventLog } from '@leakwatch/event-log';
import { type Logger, type Metrics } from '@leakwatch/runtime';
import { ALERT_OUTBOX_CHANNEL, type Store } from '@leakwatch/store';
import { type Channel } from '../channels/channel.ts';
import { type DeliverySettings } from '../config.ts';
import { deliverEvents } from './deliver-events.ts';
import { startLoop } from './loop.ts';
import { publishEvents } from './publish-events.ts';

export interface RelayOptions {
  readonly store: Store;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly channels: readonly Channel[];
  readonly settings: DeliverySettings;
}

export interface Relay {
  /** Publishes what is left, gives each channel one more chance at what is due, and ends. */
  stop(): Promise<void>;
}

export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { store, log, metrics, logger, channels, settings } = options;
  const onError = (stage: string) => (error: Error) => {
    metrics.stageFailures.inc({ stage, reason: 'outbox' });
    logger.warn({ stage, error: error.message }, 'the outbox stands still and is tried again');
  };

  const deliverers = channels.map((channel) =>
    startLoop({
      turn: async (isStopping) => {
        const { attempts, delivered } = await deliverEvents(store, channel, { metrics, logger, settings });
        // A channel that takes nothing must not keep the process from ending: its notices wait in the database.
        return isStopping ? delivered > 0 : attempts > 0;
      },
      pollMs: settings.pollMs,
      onError: onError(`channel-${channel.name}`),
    }),
  );
  const names = channels.map(({ name }) => name);
  const publisher = startLoop({
    turn: async () => {
      const published = await publishEvents(store, log, { metrics, logger, channels: names });
      metrics.heartbeat.setToCurrentTime({ stage: 'outbox' });
      if (published > 0) for (const deliverer of deliverers) deliverer.wake();
      return published > 0;
    },
    pollMs: settings.pollMs,
    onError: onError('outbox'),
  });
  const unlisten = await store.listen(ALERT_OUTBOX_CHANNEL, () => publisher.wake());

  return {
    stop: async () => {
      await unlisten();
      await publisher.stop();
      await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
    },
  };
}
