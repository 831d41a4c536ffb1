import { type ReviewVerdict } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { TIP_COLUMNS, TipSchema, type Tip } from './tip-row.ts';

/**
 * Attaches a tip to the alert that has its post; false if it is attached already. `by` is null if leakwatch found
 * it.
 */
export async function attachTip(
  tx: Queryable,
  { id, alertId, by, at }: { id: string; alertId: string; by: string | null; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE tip SET state = 'attached', alert_id = $2, verdict = NULL, decided_by = $3::text,
       decided_at = CASE WHEN $3::text IS NULL THEN NULL ELSE $4::timestamptz END, reason = NULL
     WHERE id = $1 AND NOT (state = 'attached' AND alert_id IS NOT DISTINCT FROM $2)`,
    [id, alertId, by, at],
  );
  return rowCount === 1;
}

/** A person's decision about a tip that belongs to no alert. */
export type TipDecision =
  | { readonly state: 'dismissed'; readonly reason: string }
  | { readonly state: 'reviewed'; readonly verdict: ReviewVerdict; readonly campaignId: string | null };

/** Writes a decision; a later one replaces an earlier one. */
export async function saveTipDecision(
  tx: Queryable,
  { id, by, at, decision }: { id: string; by: string; at: Date; decision: TipDecision },
): Promise<void> {
  const verdict = decision.state === 'reviewed' ? decision.verdict : null;
  const campaignId = decision.state === 'reviewed' ? decision.campaignId : null;
  const reason = decision.state === 'dismissed' ? decision.reason : null;
  await tx.query(
    `UPDATE tip SET state = $2, verdict = $3, campaign_id = coalesce($4, campaign_id), reason = $5,
       decided_by = $6, decided_at = $7, alert_id = NULL WHERE id = $1`,
    [id, decision.state, verdict, campaignId, reason, by, at],
  );
}

/**
 * Claims the tip that has waited longest and that no other reviewer has. Tips by brands, analysts and peers go
 * before the public's. A claim ends by itself.
 *
 * @param claimedBefore - older claims have ended
 */
export async function claimTip(
  db: Queryable,
  { by, at, claimedBefore }: { by: string; at: Date; claimedBefore: Date },
): Promise<Tip | null> {
  const answer = await db.query(
    `UPDATE tip SET claimed_by = $1, claimed_at = $2
     WHERE id = (
       SELECT id FROM tip
       WHERE state = 'queued' AND (claimed_at IS NULL OR claimed_at < $3 OR claimed_by = $1)
       ORDER BY (claimed_by = $1 AND claimed_at >= $3) IS TRUE DESC, sender_class = 'community', received_at, id
       LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     RETURNING ${TIP_COLUMNS}`,
    [by, at, claimedBefore],
  );
  return parseRows(answer, TipSchema)[0] ?? null;
}
