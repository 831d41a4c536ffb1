import { EVENTS, type AlertEvent } from '@leakwatch/contracts';
import { encodeEvent, type EventLog } from '@leakwatch/event-log';
import { traceStage, type Logger, type Metrics } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { claimAlertEvents, type ClaimedEvent } from '../queries/claim-alert-events.ts';
import { finishAlertEvents } from '../queries/finish-alert-events.ts';
import { type NoticePlan } from '../routing/plan-notice.ts';
import { concludeCanaries, countCanaries } from './conclude-canaries.ts';
import { countResponse } from './count-response.ts';

/** Of one turn; each holds its rows until the log has them. */
const EVENTS_PER_TURN = 100;

/**
 * Takes what is new in the outbox into the log's topic `alerts`, and from there on those channels have it to deliver that are to tell it. A crash in
 * between publishes it again with the same id. Gives how many there were, and whether others were
 * waiting that this turn could not take.
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

/** Verdicts are given by short commands that nobody scrapes: they are counted where they are told. */
function countVerdict(metrics: Metrics, { event, matcher, verdict }: ClaimedEvent): void {
  if (verdict !== null) metrics.verdicts.inc({ tier: String(event.alert.tier), matcher, verdict });
}
