import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { deleteView, listViews, saveView } from '../accounts/queries/views.ts';
import { refuseGuesses, scopeOf, type ConsoleContext, type Scope } from '../context.ts';
import { countQueue } from '../incidents/queries/list-queue.ts';
import { NewViewSchema, SavedViewsSchema } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

/** Saved filters of the queue, each account's own. */
export function addViews(server: FastifyInstance, context: ConsoleContext): void {
  const { store } = context;
  const api = typed(server);
  const list = async ({ viewer, database, presentation }: Scope) => {
    const views = await listViews(store.pool, viewer.accountId);
    const items = await Promise.all(
      views.map(async ({ name, filter }) => {
        const groups = await countQueue(database.pool, { filter, at: presentation.at, me: viewer.name });
        return { name, filter, count: groups.reduce((sum, { count }) => sum + count, 0) };
      }),
    );
    return { items };
  };
  api.get('/v1/views', { schema: { response: answers(SavedViewsSchema) } }, (request) =>
    list(scopeOf(context, request)),
  );
  api.post(
    '/v1/views',
    { schema: { body: NewViewSchema, response: answers(SavedViewsSchema) } },
    async (request) => {
      const scope = scopeOf(context, request);
      refuseGuesses(context, scope.viewer, request.body.filter);
      await saveView(store.pool, { accountId: scope.viewer.accountId, ...request.body });
      return list(scope);
    },
  );
  api.delete(
    '/v1/views/:name',
    { schema: { params: z.object({ name: z.string().max(60) }), response: answers(SavedViewsSchema) } },
    async (request) => {
      const scope = scopeOf(context, request);
      await deleteView(store.pool, scope.viewer.accountId, request.params.name);
      return list(scope);
    },
  );
}
