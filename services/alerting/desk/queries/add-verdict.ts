import { type Verdict } from '@leakwatch/contracts';
import { parseRows, StoreError, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/**
 * Adds a verdict to the earlier ones and gives its id. The caller resolves the alert.
 *
 * @param tx a transaction that holds the creator's lock
 */
export async function addVerdict(tx: Queryable, verdict: Verdict): Promise<string> {
  const answer = await tx.query(
    `INSERT INTO alert_verdict (alert_id, verdict, reason, given_by, given_at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [verdict.alertId, verdict.verdict, verdict.reason, verdict.givenBy, new Date(verdict.givenAt)],
  );
  const id = parseRows(answer, z.object({ id: z.string() }))[0]?.id;
  if (id === undefined) throw new StoreError('unexpected-row', 'the verdict just given is not there');
  return id;
}
