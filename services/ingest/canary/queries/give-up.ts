import { LaneSchema, type Lane } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const LostSchema = z.object({ lane: LaneSchema });

/** Gives up canaries that should be an alert by now. Returns the lane of each, once across all processes. */
export async function giveUpCanaries(db: Queryable, afterMs: number): Promise<Lane[]> {
  const answer = await db.query(
    `UPDATE canary_probe SET lost_at = clock_timestamp()
     WHERE arrived_at IS NULL AND lost_at IS NULL AND sent_at < clock_timestamp() - $1 * interval '1 ms'
     RETURNING lane`,
    [afterMs],
  );
  return parseRows(answer, LostSchema).map(({ lane }) => lane);
}
