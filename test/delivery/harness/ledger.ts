import { listAlerts } from '@leakwatch/alerting/incidents';
import { EVENTS } from '@leakwatch/contracts';
import { decodeEvent, type EventLog } from '@leakwatch/event-log';
import { type Store } from '@leakwatch/store';
import { type MadePost } from './made-posts.ts';

/** Differences between the sinks and the ledger. Every list is empty when nothing was lost and nothing had two effects. */
export interface Account {
  /** Acknowledged leaks without an occurrence in an alert. */
  readonly lost: readonly string[];
  /** Occurrences of posts that don't leak or were never sent. */
  readonly invented: readonly string[];
  /** Posts with more than one occurrence. */
  readonly doubled: readonly string[];
  /** Creators with more than one incident, though their posts belong to one episode. */
  readonly split: readonly string[];
  /** Occurrences without an event in the topic `alerts`. */
  readonly untold: readonly string[];
  /** Occurrences that several events with different ids announce. */
  readonly toldTwice: readonly string[];
}

export const ALL_WELL: Account = {
  lost: [],
  invented: [],
  doubled: [],
  split: [],
  untold: [],
  toldTwice: [],
};

/**
 * The oracle: posts sent and posts acknowledged. An acknowledged leak must have exactly one effect; a leak sent without
 * acknowledgement may have one or none.
 */
export class Ledger {
  readonly #sent = new Map<string, MadePost>();
  readonly #acknowledged = new Set<string>();

  send(posts: readonly MadePost[]): void {
    for (const post of posts) this.#sent.set(post.native, post);
  }

  acknowledge(posts: readonly MadePost[]): void {
    for (const post of posts) this.#acknowledged.add(post.native);
  }

  get acknowledgedLeaks(): string[] {
    return [...this.#acknowledged].filter((native) => this.#sent.get(native)?.leaks);
  }

  async account(store: Pick<Store, 'pool'>, log: EventLog): Promise<Account> {
    const alerts = await listAlerts(store.pool, { limit: 100_000 });
    const rows = alerts.flatMap(({ occurrences }) =>
      occurrences.map(({ detection }) => detection.post.nativeId),
    );
    const seen = new Set(rows);
    const announcements = await announcedPosts(log);
    return {
      lost: this.acknowledgedLeaks.filter((native) => !seen.has(native)),
      invented: [...seen].filter((native) => !this.#sent.get(native)?.leaks),
      doubled: repeated(rows),
      split: repeated(alerts.map(({ creatorId }) => creatorId)),
      untold: [...seen].filter((native) => !announcements.includes(native)),
      toldTwice: repeated(announcements),
    };
  }
}

/** Native ids of the posts that events announce first. An event that stands twice under one id counts once. */
async function announcedPosts(log: EventLog): Promise<string[]> {
  const announced = new Map<string, string>();
  for await (const records of log.replay({ topic: 'alerts' })) {
    for (const record of records) {
      const { id, change, alert } = decodeEvent(record, EVENTS.alert);
      if (change !== 'opened' && change !== 'occurrence-added') continue;
      const newest = alert.occurrences.at(-1);
      if (newest !== undefined) announced.set(id, newest.detection.post.nativeId);
    }
  }
  return [...announced.values()];
}

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}
