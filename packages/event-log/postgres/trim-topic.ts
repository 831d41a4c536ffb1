import { z } from 'zod';
import { BigintColumn, execute, type LogDatabase, queryRows } from './database.ts';
import { readOffsetsAt } from './read-records.ts';

const OldestRow = z.object({ oldest: BigintColumn.nullable() });

/** Offsets of one delete: short enough that appends don't feel it. */
const DELETE_OFFSETS = 5000n;

/**
 * Retention: drops a topic's records that were appended before an instant, and returns how many. Offsets are never given
 * twice. A group whose place is trimmed away hears of it (`offset-trimmed`).
 */
export async function trimTopic(database: LogDatabase, topic: string, before: Date): Promise<number> {
  let dropped = 0;
  for (const [partition, end] of await readOffsetsAt(database, topic, before)) {
    // The start moves before a record goes: a reader that misses one finds out why.
    await execute(
      database,
      'update log_head set start_offset = greatest(start_offset, $3) where topic = $1 and partition = $2',
      [topic, partition, String(end)],
    );
    // From the oldest that is there, and not from the former start: an earlier trim may have died in its midst.
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
