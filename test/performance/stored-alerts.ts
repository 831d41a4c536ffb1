import { EVENTS } from '@leakwatch/contracts';
import { decodeEvent, type EventLog } from '@leakwatch/event-log';

/** Latencies of the alert of a planted leak. */
export interface StoredLeak {
  /** Milliseconds from the post's publication to the alert's change. */
  readonly publishedToAlertMs: number;
  /** Milliseconds from the post's publication until a reader of the topic `alerts` had it; it was stored before that. */
  readonly publishedToHeardMs: number;
}

export interface AlertEar {
  /** By `<post> <campaign> <item>`; a leak that was heard twice counts by its first time. */
  readonly heard: ReadonlyMap<string, StoredLeak>;
  close(): Promise<void>;
}

/** Collects every change of an alert from the topic `alerts`, as a console would. */
export async function listenToAlerts(log: EventLog): Promise<AlertEar> {
  const heard = new Map<string, StoredLeak>();
  const subscription = await log.subscribe({
    group: `bench-${process.pid}`,
    topics: ['alerts'],
    startAt: 'latest',
    handle: ({ records }) => {
      const now = Date.now();
      for (const record of records) {
        const { at, alert } = decodeEvent(record, EVENTS.alert);
        for (const { detection } of alert.occurrences) {
          const leak = `${detection.post.nativeId} ${alert.campaignId} ${detection.evidence.itemId}`;
          const publishedAt = Date.parse(detection.post.publishedAt);
          if (heard.has(leak)) continue;
          heard.set(leak, {
            publishedToAlertMs: Date.parse(at) - publishedAt,
            publishedToHeardMs: now - publishedAt,
          });
        }
      }
      return Promise.resolve();
    },
  });
  return { heard, close: () => subscription.close() };
}
