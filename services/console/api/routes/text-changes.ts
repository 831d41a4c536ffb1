import { decideProposal, loadOpenProposal, proposeText, type AgreedText } from '@leakwatch/alerting/agree';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { audited } from '../audit/append-audit.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import {
  NewProposalSchema,
  ProposalDecisionSchema,
  RowNumberSchema,
  type Proposal,
  type Routes,
  type RoutesSchema,
  type Rules,
  type RulesSchema,
} from '../schemas/index.ts';
import { answers, typed, wholeLead } from './route-helpers.ts';

const ProposalIdParams = z.object({ id: RowNumberSchema });

interface ChangeableText {
  readonly agreed: AgreedText;
  /** The operator's, which is changed elsewhere; undefined: two people change the text here. */
  readonly file: string | undefined;
  /** The setting that names the file. */
  readonly setting: string;
  /** The text in force and the change that waits, which each change answers with. */
  readonly schema: typeof RulesSchema | typeof RoutesSchema;
  readonly show: () => Promise<Rules | Routes>;
}

/** The changes of a text by two leads of all campaigns. Each act is a line of the audit log. */
export function addTextChanges(
  server: FastifyInstance,
  context: ConsoleContext,
  { agreed, file, setting, schema, show }: ChangeableText,
): void {
  const { store, clock } = context;
  const { kind } = agreed;
  const api = typed(server);
  const response = answers(schema);

  api.post(`/v1/${kind}/proposals`, { schema: { body: NewProposalSchema, response } }, async (request) => {
    const { name: by } = wholeLead(context, request);
    if (file !== undefined) {
      const detail = `the operator keeps the ${kind} in the file of ${setting}: change them there`;
      throw new ProblemError('illegal-move', { detail });
    }
    const act = { actor: by, action: `${kind}-proposed`, subject: kind };
    await proposeText(audited(store, act), agreed, { ...request.body, by, at: clock() });
    return show();
  });

  api.post(
    `/v1/${kind}/proposals/:id`,
    { schema: { params: ProposalIdParams, body: ProposalDecisionSchema, response } },
    async (request) => {
      const { name: by } = wholeLead(context, request);
      const { id } = request.params;
      const act = { actor: by, action: `${kind}-${request.body.decision}`, subject: `${kind}/${id}` };
      await decideProposal(audited(store, act), agreed, { ...request.body, id, by, at: clock() });
      return show();
    },
  );
}

/** The change of a text that waits for another person. */
export async function waitingChange(
  { store }: Pick<ConsoleContext, 'store'>,
  kind: AgreedText['kind'],
): Promise<Proposal | null> {
  const open = await loadOpenProposal(store.pool, kind);
  if (open === null) return null;
  const { proposedBy: by, proposedAt, ...proposal } = open;
  return { ...proposal, by, at: proposedAt.toISOString() };
}
