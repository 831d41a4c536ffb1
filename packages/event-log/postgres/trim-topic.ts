import { z } from 'zod';
import { BigintColumn, execute, type LogDatabase, queryRows } from './database.ts';
import { readOffsetsAt } from './read-records.ts';

const OldestRow = z.object({ oldest: BigintColumn.nullable() });

/** Offsets per delete. Short enough not to slow down appends. */
const DELETE_OFFSETS = 5000n;

export interface TrimOptions {
  /**
   * Keeps what a group has yet to read, if one of its members is alive or it has committed something since this
   * instant. Without it the records go, read or not.
   */
  readonly sparingGroupsSince?: Date;
}

/**
 * Retention: drops the records of a topic that were appended before an instant, and returns their number.
 * Offsets are never reused. A group that has not read them gets the error `offset-trimmed`.
 */
export async function trimTopic(
  database: LogDatabase,
  topic: string,
  before: Date,
  { sparingGroupsSince }: TrimOptions = {},
): Promise<number> {
  let dropped = 0;
  const unread =
    sparingGroupsSince === undefined
      ? new Map<number, bigint>()
      : await firstUnread(database, topic, sparingGroupsSince);
  for (const [partition, old] of await readOffsetsAt(database, topic, before)) {
    const wanted = unread.get(partition);
    const end = wanted !== undefined && wanted < old ? wanted : old;
    // The start moves before records go, so that a reader who misses one can tell why.
    await execute(
      database,
      'update log_head set start_offset = greatest(start_offset, $3) where topic = $1 and partition = $2',
      [topic, partition, String(end)],
    );
    // Begins at the oldest record, not at the former start: an earlier trim may have died halfway.
    for (
      let at = await oldestOffset(database, topic, partition);
      at !== null && at < end;
      at += DELETE_OFFSETS
    ) {
      const next = at + DELETE_OFFSETS;
      dropped += await execute(
        database,
        `delete from log_record
         where topic = $1 and partition = $2 and "offset" >= $3 and "offset" < $4 returning 1 as one`,
        [topic, partition, String(at), String(next < end ? next : end)],
      );
    }
  }
  return dropped;
}

const UnreadRow = z.object({ partition: z.int(), offset: BigintColumn });

/** Per partition the first offset that a group in use has yet to read. */
async function firstUnread(
  database: LogDatabase,
  topic: string,
  since: Date,
): Promise<ReadonlyMap<number, bigint>> {
  const rows = await queryRows(
    database,
    UnreadRow,
    `select partition, min("offset")::text as "offset" from consumer_offset o
     where topic = $1 and (
       exists (select from consumer_member m
               where m."group" = o."group" and $1 = any (m.topics) and m.lease_until > clock_timestamp())
       or exists (select from consumer_offset c
                  where c."group" = o."group" and c.topic = $1 and c.committed_at >= $2)
     )
     group by partition`,
    [topic, since],
  );
  return new Map(rows.map((row) => [row.partition, row.offset]));
}

async function oldestOffset(database: LogDatabase, topic: string, partition: number): Promise<bigint | null> {
  const [row] = await queryRows(
    database,
    OldestRow,
    'select min("offset")::text as oldest from log_record where topic = $1 and partition = $2',
    [topic, partition],
  );
  return row?.oldest ?? null;
}
