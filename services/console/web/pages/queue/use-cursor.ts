import { type QueueItem } from '@leakwatch/console/schemas';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { incidentQuery } from '../../data/queue.ts';
import { rememberPlace, rememberedPlace } from '../../incident/queue-place.ts';
import { nextChoice } from '../../lib/group-lines.ts';

export interface Cursor {
  readonly index: number;
  readonly item: QueueItem | undefined;
  readonly moveTo: (id: string) => void;
  readonly step: (by: 1 | -1) => void;
  /** On to the next incident that still waits, after this one was closed. */
  readonly goOn: () => void;
}

/** The incident under the cursor. It is kept by its id: rows that come or go do not move it. */
export function useCursor(items: readonly QueueItem[]): Cursor {
  const client = useQueryClient();
  const [id, setId] = useState(() => rememberedPlace(client).cursor);
  const found = items.findIndex((item) => item.id === id);
  const index = found === -1 ? 0 : found;
  const item = items[index];
  useEffect(() => {
    rememberPlace(client, { cursor: item?.id ?? null, ids: items.map((one) => one.id) });
  }, [client, item?.id, items]);
  // The neighbours are at hand before the analyst gets there.
  useEffect(() => {
    for (const neighbour of [items[index + 1], items[index - 1]]) {
      if (neighbour !== undefined) {
        // A failure shows when the analyst gets there.
        client.query(incidentQuery(neighbour.id)).catch(() => undefined);
      }
    }
  }, [client, items, index]);
  return {
    index,
    item,
    moveTo: setId,
    step: (by) => {
      const next = items[index + by];
      if (next !== undefined) setId(next.id);
    },
    goOn: () => {
      const next = nextChoice(items, index, waits);
      if (next !== null) setId(next.id);
    },
  };
}

function waits({ state, snoozedUntil }: QueueItem): boolean {
  return state !== 'resolved' && snoozedUntil === null;
}
