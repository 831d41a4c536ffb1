import { z } from 'zod';

/** The first message to a child: how to join. */
export const ChildOrderSchema = z.object({
  module: z.string(),
  options: z.unknown(),
  group: z.string(),
  topic: z.string(),
  maxBatchRecords: z.int(),
  /** `take` handles batches at once. `hold` has the effect, and then waits in its handler for the command to finish. */
  manner: z.enum(['take', 'hold']),
});
export type ChildOrder = z.infer<typeof ChildOrderSchema>;

/** The messages of a child. */
export const ChildReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('joined') }),
  /** The effect of a batch has happened, whatever becomes of the child. */
  z.object({ kind: z.literal('effect'), partition: z.int(), texts: z.array(z.string()) }),
  z.object({ kind: z.literal('finished'), aborted: z.boolean() }),
  z.object({ kind: z.literal('assignment'), partitions: z.array(z.int()) }),
  z.object({ kind: z.literal('error'), code: z.string() }),
]);
export type ChildReport = z.infer<typeof ChildReportSchema>;

export const ChildCommandSchema = z.enum(['finish', 'tell-assignment']);
export type ChildCommand = z.infer<typeof ChildCommandSchema>;
