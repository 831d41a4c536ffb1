import { SenderClassSchema, type TipState } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { TIP_COLUMNS, TipSchema, type Tip } from './tip-row.ts';

export interface TipFilter {
  /** Null: all of them. */
  readonly state: TipState | null;
  /** Null: of any alert or none. */
  readonly alertId: string | null;
  readonly limit: number;
}

/** Tips, the newest first. */
export async function listTips(db: Queryable, { state, alertId, limit }: TipFilter): Promise<Tip[]> {
  const answer = await db.query(
    `SELECT ${TIP_COLUMNS} FROM tip
     WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR alert_id = $2)
     ORDER BY received_at DESC, id LIMIT $3`,
    [state, alertId, limit],
  );
  return parseRows(answer, TipSchema);
}

/**
 * Tips with an id that begins so, locked. Two at most: enough to tell that a prefix is ambiguous.
 *
 * @param prefix - hexadecimal digits
 */
export async function lockTipsByPrefix(tx: Queryable, prefix: string): Promise<Tip[]> {
  const answer = await tx.query(
    // `g` sorts after every hexadecimal digit.
    `SELECT ${TIP_COLUMNS} FROM tip WHERE id >= $1 AND id < $1 || 'g' ORDER BY id LIMIT 2 FOR UPDATE`,
    [prefix],
  );
  return parseRows(answer, TipSchema);
}

const CountSchema = z.object({
  senderClass: SenderClassSchema,
  tips: z.int(),
  /** Those that were judged, directly or by a verdict on the alert that has their post. */
  judged: z.int(),
  /** Those of them that were leaks. */
  leaks: z.int(),
});
export type TipCount = z.infer<typeof CountSchema>;

/** Counts the outcome of tips by sender. */
export async function countTips(db: Queryable): Promise<TipCount[]> {
  const answer = await db.query(
    `SELECT sender_class AS "senderClass", count(*)::integer AS tips,
       count(*) FILTER (WHERE is_leak IS NOT NULL)::integer AS judged, count(*) FILTER (WHERE is_leak)::integer AS leaks
     FROM (
       SELECT r.sender_class, CASE
         WHEN r.state = 'dismissed' THEN false
         WHEN r.state = 'reviewed' THEN r.verdict = 'leak'
         WHEN r.state = 'attached' THEN (
           SELECT v.verdict = 'confirmed' FROM alert a JOIN alert_verdict v ON v.alert_id = coalesce(a.duplicate_of, a.id)
           WHERE a.id = r.alert_id AND v.withdrawn_at IS NULL ORDER BY v.id DESC LIMIT 1
         )
       END AS is_leak
       FROM tip r
     ) judged
     GROUP BY sender_class ORDER BY sender_class`,
  );
  return parseRows(answer, CountSchema);
}
