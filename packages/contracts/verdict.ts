import { z } from 'zod';
import { InstantSchema, VerdictKindSchema } from './common.ts';
import { HashIdSchema } from './ids.ts';

/** An analyst's decision about an alert. `approved`: a true match, but the brand had allowed the post. */
export const VerdictSchema = z.strictObject({
  schemaVersion: z.literal(1),
  alertId: HashIdSchema,
  verdict: VerdictKindSchema,
  reason: z.string().min(1).max(2000),
  givenBy: z.string().min(1),
  givenAt: InstantSchema,
});
export type Verdict = z.infer<typeof VerdictSchema>;
