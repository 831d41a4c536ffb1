import { z } from 'zod';

/** What a child that is a group's member is told when it starts. */
export const ChildOrderSchema = z.object({
  module: z.string(),
  options: z.unknown(),
  group: z.string(),
  topic: z.string(),
  maxBatchRecords: z.int(),
  /** `take`: handles what comes; `hold`: has the effect and then waits in its handler until it is told to finish the batches it has then. */
  manner: z.enum(['take', 'hold']),
});
export type ChildOrder = z.infer<typeof ChildOrderSchema>;

/** What it says. */
export const ChildReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('joined') }),
  /** The effect of a batch: from here on it has happened, whatever becomes of the child. */
  z.object({ kind: z.literal('effect'), partition: z.int(), texts: z.array(z.string()) }),
  z.object({ kind: z.literal('finished'), aborted: z.boolean() }),
  z.object({ kind: z.literal('assignment'), partitions: z.array(z.int()) }),
  z.object({ kind: z.literal('error'), code: z.string() }),
]);
export type ChildReport = z.infer<typeof ChildReportSchema>;

export const ChildCommandSchema = z.enum(['finish', 'tell-assignment']);
export type ChildCommand = z.infer<typeof ChildCommandSchema>;
