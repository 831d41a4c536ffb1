import { type Lane } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const WaitingSchema = z.object({ seconds: z.number().nullable() });

/** Seconds since a lane's oldest canary was sent that has neither arrived nor been given up; 0 if there is none. */
export async function loadWaitingCanary(db: Queryable, lane: Lane): Promise<number> {
  const answer = await db.query(
    `SELECT extract(epoch FROM clock_timestamp() - min(sent_at))::float8 AS seconds FROM canary_probe
     WHERE lane = $1 AND arrived_at IS NULL AND lost_at IS NULL`,
    [lane],
  );
  return parseRows(answer, WaitingSchema)[0]?.seconds ?? 0;
}
