import { decideProposal, loadOpenProposal, proposeText, type AgreedText } from '@leakwatch/alerting/agree';
import { type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { audited } from '../audit/append-audit.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { type NewProposal, type Proposal, type ProposalDecision } from '../schemas/index.ts';
import { wholeLead } from './route-helpers.ts';

export const ProposalIdParams = z.object({ id: z.string().regex(/^\d{1,18}$/) });

interface ChangeableText {
  readonly agreed: AgreedText;
  /** The operator's, which is changed elsewhere; undefined: two people change the text here. */
  readonly file: string | undefined;
  /** The setting that names the file. */
  readonly setting: string;
}

/** The changes of a text by two leads of all campaigns. Each act is a line of the audit log. */
export function textChanges(context: ConsoleContext, { agreed, file, setting }: ChangeableText) {
  const { store, clock } = context;
  const { kind } = agreed;
  return {
    /** The change that waits for another person. */
    waiting: async (): Promise<Proposal | null> => {
      const open = await loadOpenProposal(store.pool, kind);
      if (open === null) return null;
      const { proposedBy: by, proposedAt, ...proposal } = open;
      return { ...proposal, by, at: proposedAt.toISOString() };
    },
    propose: async (request: FastifyRequest, { text, reason }: NewProposal): Promise<void> => {
      const { name: by } = wholeLead(context, request);
      if (file !== undefined) {
        const detail = `the operator keeps the ${kind} in the file of ${setting}: change them there`;
        throw new ProblemError('illegal-move', { detail });
      }
      const act = { actor: by, action: `${kind}-proposed`, subject: kind };
      await proposeText(audited(store, act), agreed, { text, reason, by, at: clock() });
    },
    decide: async (
      request: FastifyRequest,
      id: string,
      { decision, note }: ProposalDecision,
    ): Promise<void> => {
      const { name: by } = wholeLead(context, request);
      const act = { actor: by, action: `${kind}-${decision}`, subject: `${kind}/${id}` };
      await decideProposal(audited(store, act), agreed, { id, decision, by, note, at: clock() });
    },
  };
}
