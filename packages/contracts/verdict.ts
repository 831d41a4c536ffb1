import { z } from 'zod';
import { InstantSchema } from './common.ts';
import { HashIdSchema } from './ids.ts';

export const VerdictKindSchema = z.enum(['confirmed', 'false-positive', 'approved']);
export type VerdictKind = z.infer<typeof VerdictKindSchema>;

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
