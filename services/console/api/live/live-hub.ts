import { ALERT_OUTBOX_CHANNEL } from '@leakwatch/alerting/incidents';
import { CANARY_CAMPAIGN_ID } from '@leakwatch/contracts';
import { startLoop } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { listChanges, loadLastChange, type ChangeRow } from './queries/list-changes.ts';

type Listener = (change: ChangeRow) => void;

/** Follows the outbox of alerts for everybody who looks: one query for all of them. */
export interface LiveHub {
  /** Calls with each change from now on. The returned function ends it. */
  listen(listener: Listener): () => void;
  /** The last event so far: a listener hears what comes after it. */
  last(): number;
  /** The changes after an event; null: more than are kept ready. */
  since(eventId: number): Promise<ChangeRow[] | null>;
  stop(): Promise<void>;
}

/** A transaction may commit after a later one: numbers this far back are looked at again. */
const LOOK_BACK = 200;
const MOST_MISSED = 1000;
const POLL_MS = 5_000;

export async function startLiveHub(
  store: Pick<Store, 'pool' | 'listen'>,
  onError: (error: Error) => void,
): Promise<LiveHub> {
  const listeners = new Set<Listener>();
  let newest = await loadLastChange(store.pool);
  let told = new Set((await listChanges(store.pool, newest - LOOK_BACK, MOST_MISSED)).map(({ seq }) => seq));

  const look = async () => {
    const rows = await listChanges(store.pool, newest - LOOK_BACK, MOST_MISSED);
    for (const row of rows) {
      if (told.has(row.seq)) continue;
      told.add(row.seq);
      newest = Math.max(newest, row.seq);
      if (row.campaignId === CANARY_CAMPAIGN_ID) continue;
      for (const listener of listeners) listener(row);
    }
    told = new Set([...told].filter((seq) => seq > newest - 2 * LOOK_BACK));
    return rows.length === MOST_MISSED;
  };
  const loop = startLoop({ turn: look, pollMs: POLL_MS, onError });
  const unlisten = await store.listen(ALERT_OUTBOX_CHANNEL, () => {
    loop.wake();
  });
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    last: () => newest,
    since: async (eventId) => {
      const rows = await listChanges(store.pool, eventId, MOST_MISSED);
      return rows.length === MOST_MISSED ? null : rows.filter((row) => row.campaignId !== CANARY_CAMPAIGN_ID);
    },
    stop: async () => {
      await unlisten();
      await loop.stop();
    },
  };
}
