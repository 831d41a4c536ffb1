import { EVENTS, type AlertEvent } from '@leakwatch/contracts';
import { encodeEvent, type EventLog } from '@leakwatch/event-log';
import { traceStage, type Logger, type Metrics } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { claimAlertEvents, type ClaimedEvent } from '../queries/claim-alert-events.ts';
import { finishAlertEvents } from '../queries/finish-alert-events.ts';
import { type NoticePlan } from '../routing/plan-notice.ts';
import { concludeCanaries, countCanaries } from './conclude-canaries.ts';
import { countResponse } from './count-response.ts';

/** Events a turn; each holds its rows until the log has them. */
const EVENTS_PER_TURN = 100;

/**
 * Publishes new events of the outbox to the topic `alerts`. The routing decides here which channels deliver each of
 * them. After a crash in between, an event is published again with the same id.
 *
 * Gives how many were published, and whether more wait.
 */
export async function publishEvents(
  store: Pick<Store, 'transaction'>,
  log: Pick<EventLog, 'publish'>,
  { metrics, logger, plan }: { metrics: Metrics; logger: Logger; plan: (event: AlertEvent) => NoticePlan },
): Promise<{ published: number; hasMore: boolean }> {
  const startedAt = new Date();
  const { published, canaries } = await store.transaction(async (tx) => {
    const claimed = await claimAlertEvents(tx, EVENTS_PER_TURN);
    if (claimed.length === 0) return { published: claimed, canaries: [] };
    await log.publish(claimed.map(encode));
    await finishAlertEvents(
      tx,
      claimed.map(({ seq, event }) => ({ seq, ...plan(event) })),
    );
    const arrivals = await concludeCanaries(
      tx,
      claimed.map(({ event }) => event),
    );
    return { published: claimed, canaries: arrivals };
  });
  countCanaries(metrics, canaries);
  for (const one of published) {
    countVerdict(metrics, one);
    countResponse(metrics, one.event);
    traceStage(logger, { stage: 'outbox', traceparent: one.traceparent, startedAt, outcome: 'ok' });
  }
  const hasMore = published.length === EVENTS_PER_TURN || published.some(({ hasNext }) => hasNext);
  return { published: published.length, hasMore };
}

function encode({ event, traceparent }: ClaimedEvent) {
  return encodeEvent(EVENTS.alert, event, {
    id: event.id,
    key: event.alert.creatorId,
    source: '/leakwatch/alerting',
    time: new Date(event.at),
    ...(traceparent === null ? {} : { traceparent }),
  });
}

/** Verdicts come from short commands that Prometheus never scrapes: they are counted here, where they are told. */
function countVerdict(metrics: Metrics, { event, matcher, verdict }: ClaimedEvent): void {
  if (verdict !== null) metrics.verdicts.inc({ tier: String(event.alert.tier), matcher, verdict });
}
