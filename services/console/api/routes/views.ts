import { StoreError } from '@leakwatch/store';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { deleteView, listViews, MOST_VIEWS, saveView, type ViewRow } from '../accounts/queries/views.ts';
import { refuseGuesses, scopeOf, type ConsoleContext, type Scope } from '../context.ts';
import { countQueue, totalOf } from '../incidents/queries/list-queue.ts';
import { ProblemError } from '../problems.ts';
import { NewViewSchema, SavedViewsSchema, type QueueFilter, type SavedView } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

/** A list of views must not take all connections. */
const COUNTED_AT_ONCE = 4;

/** Saved filters of the queue, each account's own. Programs may read them. */
export function addViews(server: FastifyInstance, context: ConsoleContext): void {
  const { store, guard, logger } = context;
  const api = typed(server);

  const count = async ({ viewer, database, presentation }: Scope, filter: QueueFilter) => {
    return totalOf(await countQueue(database.pool, { filter, at: presentation.at, me: viewer.name }));
  };
  /** A view that can no longer be counted does not hide the others. */
  const show = async (scope: Scope, { name, filter }: ViewRow): Promise<SavedView> => {
    if (filter === null) return { name, filter, count: null };
    try {
      return { name, filter, count: await count(scope, filter) };
    } catch (error) {
      if (!(error instanceof StoreError) || error.canRetry) throw error;
      // Its message may quote the filter, which may be secret.
      logger.warn({ code: error.code }, 'a saved view could not be counted');
      return { name, filter, count: null };
    }
  };
  const list = async (scope: Scope) => {
    const views = await listViews(store.pool, scope.viewer.accountId);
    const items: SavedView[] = [];
    while (items.length < views.length) {
      const some = views.slice(items.length, items.length + COUNTED_AT_ONCE);
      items.push(...(await Promise.all(some.map((view) => show(scope, view)))));
    }
    return { items };
  };

  api.get('/v1/views', { schema: { response: answers(SavedViewsSchema) } }, (request) =>
    list(scopeOf(context, request)),
  );
  api.post(
    '/v1/views',
    { schema: { body: NewViewSchema, response: answers(SavedViewsSchema) } },
    async (request) => {
      const { accountId } = guard.requireSession(request);
      const scope = scopeOf(context, request);
      refuseGuesses(context, scope.viewer, request.body.filter);
      // A filter that can't be counted is not kept.
      await count(scope, request.body.filter);
      if (!(await store.transaction((tx) => saveView(tx, { accountId, ...request.body })))) {
        const detail = `An account has at most ${MOST_VIEWS} views: delete one first`;
        throw new ProblemError('bad-request', { detail });
      }
      return list(scope);
    },
  );
  api.delete(
    '/v1/views/:name',
    { schema: { params: z.object({ name: z.string().max(60) }), response: answers(SavedViewsSchema) } },
    async (request) => {
      const { accountId } = guard.requireSession(request);
      await deleteView(store.pool, accountId, request.params.name);
      return list(scopeOf(context, request));
    },
  );
}
