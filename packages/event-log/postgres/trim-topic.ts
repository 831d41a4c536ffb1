import { z } from 'zod';
import { execute, type LogDatabase, queryRows } from './database.ts';
import { readHeads, readOffsetsAt } from './read-records.ts';

const DeletedRow = z.object({ deleted: z.int() });

/** Rows of one delete: short enough that appends don't feel it. */
const DELETE_RECORDS = 5000;

/**
 * Retention: drops a topic's records that were appended before an instant, and returns how many. Offsets are never given
 * twice. A group whose place is trimmed away hears of it (`offset-trimmed`).
 */
export async function trimTopic(database: LogDatabase, topic: string, before: Date): Promise<number> {
  const ends = await readOffsetsAt(database, topic, before);
  let dropped = 0;
  for (const { partition } of await readHeads(database, [topic])) {
    const end = String(ends.get(partition) ?? 0n);
    // The start moves before a record goes: a reader that misses one finds out why.
    await execute(
      database,
      'update log_head set start_offset = greatest(start_offset, $3) where topic = $1 and partition = $2',
      [topic, partition, end],
    );
    let deleted: number;
    do {
      deleted = await deleteSome(database, topic, partition, end);
      dropped += deleted;
    } while (deleted === DELETE_RECORDS);
  }
  return dropped;
}

async function deleteSome(
  database: LogDatabase,
  topic: string,
  partition: number,
  end: string,
): Promise<number> {
  const [row] = await queryRows(
    database,
    DeletedRow,
    `with old as (
       select "offset" from log_record
       where topic = $1 and partition = $2 and "offset" < $3 order by "offset" limit $4
     ), gone as (
       delete from log_record r using old
       where r.topic = $1 and r.partition = $2 and r."offset" = old."offset" returning 1
     )
     select count(*)::int as deleted from gone`,
    [topic, partition, end, DELETE_RECORDS],
  );
  return row?.deleted ?? 0;
}
