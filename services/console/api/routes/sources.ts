import { accountsNamed, checkAccount, listAccountStandings } from '@leakwatch/ingest';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { appendAudit } from '../audit/append-audit.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { CheckedSourceSchema, SourceCheckSchema, SourcesSchema } from '../schemas/desk.ts';
import { answers, typed } from './route-helpers.ts';

const SHOWN_CHARACTERS = 500;

/** The accounts that leakwatch polls by itself, and a poll of one to see whether it is heard. */
export function addSources(server: FastifyInstance, context: ConsoleContext): void {
  const { store, guard, polls } = context;
  const api = typed(server);
  const wholeLead = (request: FastifyRequest): string => {
    const viewer = guard.require(request, 'lead');
    // The roster is of all campaigns.
    if (viewer.campaigns !== null) throw new ProblemError('forbidden');
    return viewer.name;
  };

  api.get('/v1/sources', { schema: { response: answers(SourcesSchema) } }, async (request) => {
    wholeLead(request);
    const standings = await listAccountStandings(store.pool);
    return {
      items: standings.map(({ platform, account, state, since, okAt, failures, problem }) => ({
        platform,
        account,
        state,
        since: since.toISOString(),
        lastHeardAt: okAt?.toISOString() ?? null,
        failures,
        problem,
      })),
    };
  });

  let isChecking = false;
  api.post(
    '/v1/sources/check',
    { schema: { body: SourceCheckSchema, response: answers(CheckedSourceSchema) } },
    async (request) => {
      const actor = wholeLead(request);
      const { account, ...place } = request.body;
      const wanted = accountsNamed(account, place);
      // It makes requests in leakwatch's name: one at a time.
      if (isChecking) throw new ProblemError('too-many-requests', { retryAfter: 5 });
      isChecking = true;
      try {
        await appendAudit(store.pool, {
          actor,
          action: 'source-checked',
          subject: wanted[0]?.platform ?? '',
        });
        const { outcome, posts, newest } = await checkAccount(wanted, polls);
        return {
          heard: outcome.state === 'ok',
          problem: outcome.problem,
          posts,
          newest: newest && {
            url: newest.url ?? null,
            publishedAt: newest.publishedAt ?? '',
            text: (newest.text ?? '').slice(0, SHOWN_CHARACTERS),
          },
        };
      } finally {
        isChecking = false;
      }
    },
  );
}
