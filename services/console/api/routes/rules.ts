import {
  compileRules,
  decideProposal,
  loadOpenProposal,
  loadRuleset,
  proposeRules,
  readRules,
} from '@leakwatch/alerting/judge';
import { backtest } from '@leakwatch/alerting/measure';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { audited } from '../audit/append-audit.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import {
  NewProposalSchema,
  ProposalDecisionSchema,
  RulesSchema,
  RulesTrialSchema,
  TriedRulesSchema,
  type Rules,
} from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

const ALERTS_SHOWN = 200;

/** The rules: read, tried against history, changed by two people. They are of all campaigns. */
export function addRules(server: FastifyInstance, context: ConsoleContext): void {
  const { store, alerting, guard, clock } = context;
  const api = typed(server);
  const wholeLead = (request: FastifyRequest): string => {
    const viewer = guard.require(request, 'lead');
    if (viewer.campaigns !== null) throw new ProblemError('forbidden');
    return viewer.name;
  };
  const showRules = async (): Promise<Rules> => {
    const [rules, open] = await Promise.all([
      readRules(alerting.rulesFile, store.pool),
      loadOpenProposal(store.pool),
    ]);
    const { source, text } = rules;
    const { hash } = compileRules(rules);
    if (open === null) return { source, hash, text, proposal: null };
    const { proposedBy: by, proposedAt, ...proposal } = open;
    return { source, hash, text, proposal: { ...proposal, by, at: proposedAt.toISOString() } };
  };

  api.get('/v1/rules', { schema: { response: answers(RulesSchema) } }, showRules);

  api.post(
    '/v1/rules/proposals',
    { schema: { body: NewProposalSchema, response: answers(RulesSchema) } },
    async (request) => {
      const by = wholeLead(request);
      if (alerting.rulesFile !== undefined) {
        const detail = 'the operator keeps the rules in the file of LEAKWATCH_RULES: change them there';
        throw new ProblemError('illegal-move', { detail });
      }
      const { text, reason } = request.body;
      const act = { actor: by, action: 'rules-proposed', subject: 'rules' };
      await proposeRules(audited(store, act), { text, reason, by, at: clock() });
      return showRules();
    },
  );

  api.post(
    '/v1/rules/proposals/:id',
    {
      schema: {
        params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
        body: ProposalDecisionSchema,
        response: answers(RulesSchema),
      },
    },
    async (request) => {
      const by = wholeLead(request);
      const { id } = request.params;
      const { decision, note } = request.body;
      const act = { actor: by, action: `rules-${decision}`, subject: `rules/${id}` };
      await decideProposal(audited(store, act), { id, decision, by, note, at: clock() });
      return showRules();
    },
  );

  let isTrying = false;
  api.post(
    '/v1/rules/try',
    { schema: { body: RulesTrialSchema, response: answers(TriedRulesSchema) } },
    async (request) => {
      wholeLead(request);
      const { text, since } = request.body;
      const ruleset = loadRuleset(text, 'rules');
      // A trial reads all detections: one at a time is enough load.
      if (isTrying) throw new ProblemError('too-many-requests', { retryAfter: 10 });
      isTrying = true;
      try {
        const result = await backtest(store, ruleset, {
          since: since === undefined ? null : new Date(since),
          episodeGapMs: alerting.episodeGapMs,
          judge: alerting.reviewers.alerts,
        });
        return {
          ...result,
          shadows: { ...result.shadows },
          added: result.added.slice(0, ALERTS_SHOWN).map((one) => ({
            ...one,
            publishedAt: one.publishedAt.toISOString(),
          })),
          removed: result.removed.slice(0, ALERTS_SHOWN),
        };
      } finally {
        isTrying = false;
      }
    },
  );
}
