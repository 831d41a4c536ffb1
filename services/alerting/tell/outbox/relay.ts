/**
 * Brings the outbox to people:
 *
 *   outbox row ──▶ topic `alerts` ──▶ channel: due → attempt ─┬─ delivered
 *                                                             ├─ failed ──back-off──▶ due
 *              │                                              └─ failed for a week ─▶ gave up
 *              └─▶ digest: waits ──end of period──▶ due, and on like the others
 *
 *   for a receiver that forgets: delivered ──its interval, while the alert stands──▶ due
 *
 * Each channel has its own loop: a channel that is down delays no other. A channel tells each alert's changes in order.
 */
import { type AlertEvent } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { startLoop, type Logger, type Metrics } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { ALERT_OUTBOX_CHANNEL } from '../../incidents/queries/append-alert-event.ts';
import { type Channel } from '../channels/channel.ts';
import { makeDigests } from '../queries/make-digests.ts';
import { repeatDeliveries } from '../queries/repeat-deliveries.ts';
import { type NoticePlan } from '../routing/plan-notice.ts';
import { deliverDigest } from './deliver-digest.ts';
import { deliverEvents } from './deliver-events.ts';
import { type DeliverySettings } from './delivery-settings.ts';
import { publishEvents } from './publish-events.ts';

const MINUTE_MS = 60_000;

/** How long a relay that is stopped goes on telling. What is left waits in the database for the next process. */
const LAST_WORDS_MS = 5_000;

/** Looks per interval: a repetition comes at most a tenth of the interval late. */
const LOOKS_AN_INTERVAL = 10;

export interface RelayOptions {
  readonly store: Store;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly channels: readonly Channel[];
  readonly settings: DeliverySettings;
  /** Decides who is told of a change. */
  readonly plan: (event: AlertEvent) => NoticePlan;
  /** The period of a digest; null: changes that wait for one are told in the next minute. */
  readonly digestEveryMs: number | null;
}

export interface Relay {
  /** Publishes what is left, gives each channel one more attempt at what is due, and ends in a few seconds. */
  stop(): Promise<void>;
}

export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { store, log, metrics, logger, channels, settings, plan, digestEveryMs } = options;
  const onError = (stage: string) => (error: Error) => {
    metrics.stageFailures.inc({ stage, reason: 'outbox' });
    logger.warn({ stage, error: error.message }, 'a turn of the outbox failed; trying again');
  };

  let endsAt = Infinity;
  const hasTime = () => performance.now() < endsAt;

  const deliverers = channels.map((channel) =>
    startLoop({
      turn: async (stopping) => {
        const events = await deliverEvents(store, channel, { metrics, logger, settings });
        const digest = await deliverDigest(store, channel, { metrics, logger, settings });
        const attempts = events.attempts + digest.attempts;
        const delivered = events.delivered + digest.delivered;
        // A channel that takes nothing must not keep the process from ending: its notices wait in the database.
        return stopping.aborted ? delivered > 0 && hasTime() : attempts > 0;
      },
      pollMs: settings.pollMs,
      onError: onError(`channel-${channel.name}`),
    }),
  );
  const publisher = startLoop({
    turn: async () => {
      const { published, hasMore } = await publishEvents(store, log, { metrics, logger, plan });
      metrics.heartbeat.setToCurrentTime({ stage: 'outbox' });
      if (published > 0) for (const deliverer of deliverers) deliverer.wake();
      return hasMore && hasTime();
    },
    pollMs: settings.pollMs,
    onError: onError('outbox'),
  });
  const digesting = channels.filter((channel) => 'deliverDigest' in channel).map(({ name }) => name);
  const periods =
    digestEveryMs === null
      ? { intervalMs: MINUTE_MS, rescansTo: [] }
      : { intervalMs: digestEveryMs, rescansTo: digesting };
  const digester = startLoop({
    turn: async () => {
      const made = await store.transaction((tx) => makeDigests(tx, periods));
      if (made > 0) for (const deliverer of deliverers) deliverer.wake();
      return false;
    },
    pollMs: settings.pollMs,
    onError: onError('digest'),
  });
  const repeaters = channels.flatMap(({ name, repeatEveryMs }, index) => {
    if (repeatEveryMs === undefined) return [];
    const turn = async (stopping: AbortSignal) => {
      if (stopping.aborted) return false;
      const due = await repeatDeliveries(store.pool, { channel: name, everyMs: repeatEveryMs });
      if (due > 0) deliverers[index]?.wake();
      return false;
    };
    const pollMs = Math.max(settings.pollMs, repeatEveryMs / LOOKS_AN_INTERVAL);
    return [startLoop({ turn, pollMs, onError: onError(`channel-${name}`) })];
  });
  const unlisten = await store.listen(ALERT_OUTBOX_CHANNEL, () => publisher.wake());

  return {
    stop: async () => {
      endsAt = performance.now() + LAST_WORDS_MS;
      await unlisten();
      await Promise.all([publisher, digester, ...repeaters].map((loop) => loop.stop()));
      await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
    },
  };
}
