import { z } from 'zod';
import { InstantSchema } from './common.ts';

export const RescansSchema = z.object({
  /** When all of history is looked through by itself; null: never. */
  schedule: z.object({ cron: z.string(), timeZone: z.string(), nextAt: InstantSchema }).nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      cause: z.string(),
      requestedBy: z.string().nullable(),
      requestedAt: InstantSchema,
      finishedAt: InstantSchema.nullable(),
      scanned: z.int(),
      total: z.int().nullable(),
      found: z.int(),
    }),
  ),
});
export type Rescans = z.infer<typeof RescansSchema>;

export const DeadLettersSchema = z.object({
  total: z.int(),
  items: z.array(
    z.object({
      id: z.string(),
      stage: z.string(),
      reason: z.string(),
      message: z.string(),
      attempts: z.int(),
      /** Where the record came from: a place of a source, or topic, partition and offset. */
      place: z.string(),
      firstFailedAt: InstantSchema,
      lastFailedAt: InstantSchema,
    }),
  ),
});

export const SilencesSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      creatorId: z.string().nullable(),
      campaignId: z.string().nullable(),
      itemId: z.string().nullable(),
      tier: z.int().nullable(),
      startsAt: InstantSchema,
      endsAt: InstantSchema,
      reason: z.string(),
      madeBy: z.string(),
    }),
  ),
});

/** A change that waits for another person. */
const ProposalSchema = z.object({
  id: z.string(),
  hash: z.string(),
  text: z.string(),
  reason: z.string(),
  by: z.string(),
  at: InstantSchema,
});
export type Proposal = z.infer<typeof ProposalSchema>;

export const RulesSchema = z.object({
  /** The operator's file counts first, else what two people agreed on here. */
  source: z.enum(['file', 'agreed', 'built-in']),
  hash: z.string(),
  text: z.string(),
  proposal: ProposalSchema.nullable(),
});
export type Rules = z.infer<typeof RulesSchema>;

export const RoutesSchema = z.object({
  /** The operator's file counts first, else what two people agreed on here; `none`: every channel is told everything. */
  source: z.enum(['file', 'agreed', 'none']),
  /** Null if nobody wrote any. */
  text: z.string().nullable(),
  /** Why those agreed on can't be used, so that every channel is told everything; empty if all is well. */
  problems: z.array(z.string()),
  proposal: ProposalSchema.nullable(),
});
export type Routes = z.infer<typeof RoutesSchema>;

export const NewProposalSchema = z.strictObject({
  text: z.string().min(1).max(200_000),
  reason: z.string().trim().min(1, 'a change needs a reason').max(2000),
});
export type NewProposal = z.infer<typeof NewProposalSchema>;
export const ProposalDecisionSchema = z.strictObject({
  decision: z.enum(['approved', 'refused', 'withdrawn']),
  note: z.string().trim().max(2000).default(''),
});
export type ProposalDecision = z.infer<typeof ProposalDecisionSchema>;

export const SystemSchema = z.object({
  healthy: z.boolean(),
  problems: z.array(z.string()),
  processes: z.array(
    z.object({
      name: z.string(),
      host: z.string(),
      version: z.string(),
      writtenAt: InstantSchema,
      ready: z.boolean(),
    }),
  ),
});
export type System = z.infer<typeof SystemSchema>;

export const AuditSchema = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      at: InstantSchema,
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      /** The name of the account that the subject is; null: it is none. */
      account: z.string().nullable(),
      detail: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
