import { type Database, type Queryable } from '@leakwatch/store';
import { type Move, type QueueFilter } from '../schemas/index.ts';
import { countQueue, listQueueIds, totalOf, type QueueQuery } from './queries/list-queue.ts';
import { readCursor } from './queue-cursor.ts';
import { selectIncidents, type Selected } from './select-incidents.ts';

interface Asked {
  readonly filter: QueueFilter;
  readonly at: Date;
  /** The name that `me` stands for. */
  readonly me: string;
}

/** One page of the queue, and how many incidents match in all. For the command, whose user may read everything. */
export function findIncidents(
  store: Pick<Database, 'transaction'>,
  { order, limit, page, ...asked }: Asked & Pick<QueueQuery, 'order' | 'limit'> & { readonly page: number },
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  return seeingAll(store, async (tx) => {
    const total = totalOf(await countQueue(tx, asked));
    let cursor = null;
    for (let one = 1; ; one += 1) {
      const { ids, nextCursor } = await listQueueIds(tx, { ...asked, order, cursor, limit });
      if (one === page) return { ids, total };
      if (nextCursor === null) return { ids: [], total };
      cursor = readCursor(nextCursor, order);
    }
  });
}

/** The incidents that match, and whether each allows the move. */
export function selectForMove(
  store: Pick<Database, 'transaction'>,
  { filter, at, me, move }: Asked & { readonly move: Move },
): Promise<Selected[]> {
  return seeingAll(store, (tx) => selectIncidents(tx, { filter }, { at, me, move }));
}

/** The search asks for the viewer's campaigns (000030-console-scale.sql). */
function seeingAll<T>(store: Pick<Database, 'transaction'>, work: (tx: Queryable) => Promise<T>): Promise<T> {
  return store.transaction(async (tx) => {
    await tx.query(`SELECT set_config('leakwatch.campaigns', '*', true)`);
    return work(tx);
  });
}
