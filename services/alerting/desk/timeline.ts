import { type Alert, type Occurrence, type SenderClass } from '@leakwatch/contracts';
import { type Database } from '@leakwatch/store';
import { loadAlert } from '../incidents/queries/load-alert.ts';
import { listTips } from './queries/tip-list.ts';
import { type Tip } from './queries/tip-row.ts';
import { listDeliveries, type DeliveryState } from './queries/list-deliveries.ts';
import { listTransitions, type RecordedTransition } from './queries/list-transitions.ts';
import { listResponseActs, type ResponseAct } from './queries/response-acts.ts';

/** One event in the life of an incident. */
export interface TimelineEntry {
  readonly at: Date;
  /** `published`, `fetched`, `matched`, `removed`, `told`, `reported`, or the name of a move or of a response. */
  readonly what: string;
  /** The person who did it; null if no person is known. */
  readonly by: string | null;
  /** Fit for everybody who may know of the alert. */
  readonly note: string;
  /** The post and what matched, only for people who may see the watch list. Often empty. */
  readonly details: string;
  /** The finding that a match or a removal is of. */
  readonly detectionId?: string;
}

/** The newest only: thousands may send a tip about a viral post. */
const TIPS_SHOWN = 100;

/**
 * Reads an incident from its first post on, in order of time: posts, fetches, matches, moves, notices, tips,
 * removals.
 */
export async function readTimeline(store: Pick<Database, 'pool'>, alertId: string): Promise<TimelineEntry[]> {
  const alert = await loadAlert(store.pool, alertId);
  if (alert === null) return [];
  const [transitions, acts, deliveries, tips] = await Promise.all([
    listTransitions(store.pool, alertId),
    listResponseActs(store.pool, alertId),
    listDeliveries(store.pool, alertId),
    listTips(store.pool, { alertId, state: null, limit: TIPS_SHOWN }),
  ]);
  return [
    ...ofPosts(alert),
    ...transitions.map(ofTransition),
    ...acts.map(ofResponse),
    ...deliveries.flatMap(ofDelivery),
    ...tips.map(ofTip),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

function ofPosts({ occurrences }: Alert): TimelineEntry[] {
  const firstOf = new Map(occurrences.toReversed().map((one) => [one.detection.post.id, one]));
  const posts = occurrences.filter((one) => firstOf.get(one.detection.post.id) === one);
  return [
    ...posts.flatMap(ofPost),
    ...occurrences.map(ofMatch),
    ...occurrences.flatMap((occurrence) => ofRemoval(occurrence)),
  ];
}

function ofPost({ detection: { post } }: Occurrence): TimelineEntry[] {
  const note = post.revision === 1 ? '' : 'edited';
  const details = `${post.platform} ${post.canonicalUrl ?? post.nativeId}`;
  const published = { at: new Date(post.publishedAt), what: 'published', by: null, note: '', details };
  const fetched = { at: new Date(post.observedAt), what: 'fetched', by: null, note, details };
  return post.revision === 1 ? [published, fetched] : [fetched];
}

function ofMatch({ detection }: Occurrence): TimelineEntry {
  const { evidence, lane, rescanJobId } = detection;
  const found = rescanJobId === null ? '' : ', found by a re-scan';
  return {
    at: new Date(detection.detectedAt),
    what: 'matched',
    by: null,
    note: `${lane}, confidence ${evidence.confidence}${found}`,
    details: `${evidence.kind} ${evidence.itemId}: “${evidence.matched}” (${evidence.how.join(', ')})`,
    detectionId: detection.id,
  };
}

function ofRemoval({ removedAt, removedBy, detection }: Occurrence): TimelineEntry[] {
  if (removedAt === null || removedBy === null) return [];
  const details = `${detection.evidence.kind} ${detection.evidence.itemId}`;
  return [
    {
      at: new Date(removedAt),
      what: 'removed',
      by: null,
      note: `by ${removedBy}`,
      details,
      detectionId: detection.id,
    },
  ];
}

function ofTransition({ at, move, by, reason, to }: RecordedTransition): TimelineEntry {
  return {
    at,
    what: move,
    by,
    note: [`now ${to}`, reason].filter((part) => part !== '').join('; '),
    details: '',
  };
}

function ofResponse(one: ResponseAct): TimelineEntry {
  return { at: one.at, what: one.act, by: one.by, ...describeAct(one) };
}

/** How a message was sent may name the creator. */
function describeAct(one: ResponseAct): Pick<TimelineEntry, 'note' | 'details'> {
  switch (one.act) {
    case 'checked':
    case 'unchecked':
      return { note: one.item, details: '' };
    case 'sent': {
      const details = [one.via, one.note].filter((part) => part !== null).join('; ');
      return { note: `text ${one.textSha256.slice(0, 12)}`, details };
    }
    case 'corrected':
      return { note: 'nothing that was found stands', details: '' };
    case 'stands-again':
      return { note: '', details: '' };
  }
}

function ofDelivery({ channel, change, deliveredAt, gaveUpAt, lastError }: DeliveryState): TimelineEntry[] {
  if (deliveredAt !== null)
    return [{ at: deliveredAt, what: 'told', by: null, note: `${channel}: ${change}`, details: '' }];
  if (gaveUpAt === null) return [];
  const note = `${channel}: ${change} (${lastError ?? 'no reason known'})`;
  return [{ at: gaveUpAt, what: 'not told', by: null, note, details: '' }];
}

function ofTip({ receivedAt, senderClass, seen, links, nativeId }: Tip): TimelineEntry {
  const names = [...links, ...(nativeId === null ? [] : [nativeId])].join(', ');
  const details = seen === '' ? names : `${names}: “${seen}”`;
  return { at: receivedAt, what: 'reported', by: null, note: `by ${SENDERS[senderClass]}`, details };
}

const SENDERS: Readonly<Record<SenderClass, string>> = {
  peer: 'a peer',
  community: 'the public',
  brand: 'the brand',
  analyst: 'an analyst',
};
