import { AlertChangeSchema, AlertSchema, type Alert, type AlertChange } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { listDigestedRescans, type DigestedRescan } from './list-digested-rescans.ts';

const DigestRowSchema = z.object({
  id: z.string(),
  endsAt: z.date(),
  attempts: z.int(),
  ageMs: z.number(),
  reached: z.array(z.string()),
});
const EntryRowSchema = z.object({ alert: AlertSchema, changes: z.array(AlertChangeSchema) });

export interface ClaimedDigest {
  /** The same at every attempt. */
  readonly id: string;
  readonly endsAt: Date;
  /** This attempt included. */
  readonly attempts: number;
  /** Since it was made. */
  readonly ageMs: number;
  /** The recipients that earlier attempts reached, by opaque ids. */
  readonly reached: readonly string[];
  /** Each alert after the last of its changes, in the order of their first changes. */
  readonly alerts: readonly { readonly alert: Alert; readonly changes: readonly AlertChange[] }[];
  /** Re-scans that ended in the period. */
  readonly rescans: readonly DigestedRescan[];
}

/** Claims the earliest digest that is due for a channel; others leave it alone for `leaseMs`. Null: none is due. */
export async function claimDigest(
  db: Queryable,
  { channel, leaseMs }: { channel: string; leaseMs: number },
): Promise<ClaimedDigest | null> {
  const answer = await db.query(
    `WITH due AS (
       SELECT id FROM digest
       WHERE channel = $1 AND delivered_at IS NULL AND gave_up_at IS NULL AND next_attempt_at <= clock_timestamp()
       ORDER BY ends_at LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     UPDATE digest d SET
       attempts = d.attempts + 1,
       leased = true,
       last_attempt_at = clock_timestamp(),
       next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond'
     FROM due WHERE d.id = due.id
     RETURNING d.id, d.ends_at AS "endsAt", d.attempts, d.reached,
       extract(epoch FROM clock_timestamp() - d.made_at)::float8 * 1000 AS "ageMs"`,
    [channel, leaseMs],
  );
  const [claimed] = parseRows(answer, DigestRowSchema);
  if (claimed === undefined) return null;
  const entries = await db.query(
    `SELECT (array_agg(o.alert ORDER BY o.seq DESC))[1] AS alert, array_agg(o.change ORDER BY o.seq) AS changes
     FROM digest_entry e JOIN alert_outbox o USING (seq) WHERE e.digest_id = $1
     GROUP BY o.alert_id ORDER BY min(o.seq)`,
    [claimed.id],
  );
  const rescans = await listDigestedRescans(db, claimed.id);
  return { ...claimed, alerts: parseRows(entries, EntryRowSchema), rescans };
}
