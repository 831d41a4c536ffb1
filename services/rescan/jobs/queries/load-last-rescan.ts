import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const LastSchema = z.object({ finishedAt: z.date().nullable() });

/** When a re-scan last finished; null if none has. */
export async function loadLastRescan(db: Queryable): Promise<Date | null> {
  const answer = await db.query(
    `SELECT max(finished_at) AS "finishedAt" FROM rescan_job WHERE state = 'finished'`,
  );
  return parseRows(answer, LastSchema)[0]?.finishedAt ?? null;
}
