import { SeveritySchema, TierSchema } from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';

const CountSchema = z.object({
  tier: TierSchema,
  severity: SeveritySchema,
  state: z.literal('open'),
  count: z.int(),
});
export type OpenAlertCount = z.infer<typeof CountSchema>;

/** How many alerts wait for a verdict. Groups without any are absent. */
export async function countOpenAlerts(db: Queryable): Promise<OpenAlertCount[]> {
  const answer = await db.query(
    `SELECT tier, severity, state, count(*)::integer AS count FROM alert WHERE state = 'open'
     GROUP BY tier, severity, state ORDER BY tier, severity`,
  );
  return parseRows(answer, CountSchema);
}
