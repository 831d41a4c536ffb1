import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const OffsetSchema = z.string().transform((digits) => BigInt(digits));
const PlaceRowSchema = z.object({ at: OffsetSchema, to: OffsetSchema });

/** A pass's place in a partition: everything before `at` is done, and it ends before `to`. */
export type PassPlace = z.infer<typeof PlaceRowSchema>;

/** Null if the pass lacks this partition. */
export async function loadPassPlace(
  db: Queryable,
  passId: string,
  partition: number,
): Promise<PassPlace | null> {
  const answer = await db.query({
    name: 'rescan-load-place',
    text: `SELECT at_offset::text AS at, to_offset::text AS "to" FROM rescan_partition
           WHERE pass_id = $1 AND partition = $2`,
    values: [passId, partition],
  });
  return parseRows(answer, PlaceRowSchema)[0] ?? null;
}
