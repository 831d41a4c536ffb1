import { VerdictKindSchema, type Verdict } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const VerdictRowSchema = z.object({
  verdict: VerdictKindSchema,
  reason: z.string(),
  givenBy: z.string(),
  givenAt: z.date(),
});

/** Every verdict on an alert but those taken back at once, the newest first. The newest counts. */
export async function listVerdicts(db: Queryable, alertId: string): Promise<Verdict[]> {
  const answer = await db.query(
    `SELECT verdict, reason, given_by AS "givenBy", given_at AS "givenAt" FROM alert_verdict
     WHERE alert_id = $1 AND withdrawn_at IS NULL ORDER BY id DESC`,
    [alertId],
  );
  return parseRows(answer, VerdictRowSchema).map((row) => ({
    ...row,
    schemaVersion: 1,
    alertId,
    givenAt: row.givenAt.toISOString(),
  }));
}
