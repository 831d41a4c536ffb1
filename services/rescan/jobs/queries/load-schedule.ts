import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** pg-boss's name of the scheduled re-scan. */
export const NIGHTLY = 'rescan-schedule';

const ScheduleSchema = z.object({ cron: z.string(), timeZone: z.string().nullable() });

/** The schedule that the re-scan service has set, from pg-boss's own table; null: none, or no such service ran yet. */
export async function loadSchedule(
  db: Queryable,
): Promise<{ readonly cron: string; readonly timeZone: string } | null> {
  const known = await db.query(`SELECT to_regclass('pgboss.schedule') IS NOT NULL AS "isThere"`);
  if (parseRows(known, z.object({ isThere: z.boolean() }))[0]?.isThere !== true) return null;
  const answer = await db.query(
    `SELECT cron, timezone AS "timeZone" FROM pgboss.schedule WHERE name = $1 LIMIT 1`,
    [NIGHTLY],
  );
  const [row] = parseRows(answer, ScheduleSchema);
  return row === undefined ? null : { cron: row.cron, timeZone: row.timeZone ?? 'UTC' };
}
