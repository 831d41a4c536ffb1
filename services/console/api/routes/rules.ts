import { AGREED_RULES, compileRules, loadRuleset, readRules } from '@leakwatch/alerting/judge';
import { backtest } from '@leakwatch/alerting/measure';
import { type FastifyInstance } from 'fastify';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { RulesSchema, RulesTrialSchema, TriedRulesSchema, type Rules } from '../schemas/index.ts';
import { answers, typed, wholeLead } from './route-helpers.ts';
import { addTextChanges, waitingChange } from './text-changes.ts';

const ALERTS_SHOWN = 200;

/** The rules: read, tried against history, changed by two people. They are of all campaigns. */
export function addRules(server: FastifyInstance, context: ConsoleContext): void {
  const { store, alerting } = context;
  const api = typed(server);
  const showRules = async (): Promise<Rules> => {
    const [rules, proposal] = await Promise.all([
      readRules(alerting.rulesFile, store.pool),
      waitingChange(context, 'rules'),
    ]);
    const { source, text } = rules;
    return { source, hash: compileRules(rules).hash, text, proposal };
  };

  api.get('/v1/rules', { schema: { response: answers(RulesSchema) } }, showRules);

  addTextChanges(server, context, {
    agreed: AGREED_RULES,
    file: alerting.rulesFile,
    setting: 'LEAKWATCH_RULES',
    schema: RulesSchema,
    show: showRules,
  });

  let isTrying = false;
  api.post(
    '/v1/rules/try',
    { schema: { body: RulesTrialSchema, response: answers(TriedRulesSchema) } },
    async (request) => {
      wholeLead(context, request);
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
