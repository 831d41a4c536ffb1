import { z } from 'zod';
import { BigintColumn, execute, type LogDatabase, queryRows } from './database.ts';
import { readOffsetsAt } from './read-records.ts';

const OldestRow = z.object({ oldest: BigintColumn.nullable() });

/** Offsets per delete. Short enough not to slow down appends. */
const DELETE_OFFSETS = 5000n;

/**
 * Retention: drops the records of a topic that were appended before an instant, and returns their number.
 * Offsets are never reused. A group that has not read them gets the error `offset-trimmed`.
 */
export async function trimTopic(database: LogDatabase, topic: string, before: Date): Promise<number> {
  let dropped = 0;
  for (const [partition, end] of await readOffsetsAt(database, topic, before)) {
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

async function oldestOffset(database: LogDatabase, topic: string, partition: number): Promise<bigint | null> {
  const [row] = await queryRows(
    database,
    OldestRow,
    'select min("offset")::text as oldest from log_record where topic = $1 and partition = $2',
    [topic, partition],
  );
  return row?.oldest ?? null;
}
