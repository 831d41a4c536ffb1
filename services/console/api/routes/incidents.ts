import { checkItem, findAlert, noteSent } from '@leakwatch/alerting/desk';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listAccounts } from '../accounts/queries/accounts.ts';
import { commonCampaigns } from '../access/viewer.ts';
import { appendAudit, audited } from '../audit/append-audit.ts';
import { isHidden, refuseGuesses, scopeOf, type ConsoleContext, type Scope } from '../context.ts';
import { canWork } from '../incidents/assignee.ts';
import { loadIncident, loadShown, showPlaybook } from '../incidents/load-incident.ts';
import {
  countQueue,
  listQueueIds,
  loadChoices,
  loadQueueRows,
  loadSignsOfLife,
  totalOf,
} from '../incidents/queries/list-queue.ts';
import { presentItem } from '../incidents/present-item.ts';
import { readCursor } from '../incidents/queue-cursor.ts';
import { ProblemError } from '../problems.ts';
import {
  ChecklistChangeSchema,
  incident as whole,
  IncidentSchema,
  QueueChoicesSchema,
  QueueItemSchema,
  QueueOrderSchema,
  QueuePageSchema,
  SentMessageSchema,
  type Incident,
} from '../schemas/index.ts';
import { AlertIdParams, answers, FilterQuerySchema, NothingSchema, typed } from './route-helpers.ts';

const PageQuerySchema = FilterQuerySchema.extend({
  order: QueueOrderSchema.default('time-left'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Reading incidents, and what is noted beside them. */
export function addIncidents(server: FastifyInstance, context: ConsoleContext): void {
  const { guard } = context;
  const api = typed(server);

  api.get(
    '/v1/incidents',
    { schema: { querystring: PageQuerySchema, response: answers(QueuePageSchema) } },
    async (request) => {
      const { viewer, database, presentation } = scopeOf(context, request);
      const { order, cursor: after, limit, ...filter } = request.query;
      refuseGuesses(context, viewer, filter);
      const cursor = after === undefined ? null : readCursor(after, order);
      if (after !== undefined && cursor === null) {
        throw new ProblemError('bad-request', { problems: ['querystring/cursor: no page gave this cursor'] });
      }
      const { at } = presentation;
      const query = { filter, order, cursor, limit, at, me: viewer.name };
      // Counting takes longest: the page is read and presented meanwhile.
      const [groups, { items, page, signs }] = await Promise.all([
        countQueue(database.pool, query),
        database.transaction(async (tx) => {
          const places = await listQueueIds(tx, query);
          const rows = await loadQueueRows(tx, places.ids);
          return {
            items: rows.map((row) => presentItem(row, presentation)),
            page: places,
            signs: await loadSignsOfLife(tx),
          };
        }),
      ]);
      return {
        items,
        nextCursor: page.nextCursor,
        total: totalOf(groups),
        groups,
        lastHeardAt: signs.lastHeardAt?.toISOString() ?? null,
        lastFoundAt: signs.lastFoundAt?.toISOString() ?? null,
        at: at.toISOString(),
      };
    },
  );

  api.get('/v1/incidents/choices', { schema: { response: answers(QueueChoicesSchema) } }, async (request) => {
    const { viewer, database, presentation } = scopeOf(context, request);
    const [choices, accounts] = await Promise.all([
      loadChoices(database.pool),
      listAccounts(context.store.pool),
    ]);
    const { campaigns, creators } = presentation.names;
    const platforms = [...creators.values()].flatMap((one) => one.accounts.map(({ platform }) => platform));
    return {
      ...choices,
      campaigns: choices.campaigns.map((id) => ({ id, name: campaigns.get(id)?.name ?? id })),
      platforms: [...new Set(platforms)].toSorted(),
      people: accounts
        .filter((one) => canWork(one) && commonCampaigns(viewer.campaigns, one.campaigns)?.length !== 0)
        .map(({ name }) => name),
    };
  });

  api.get(
    '/v1/incidents/:id',
    { schema: { params: AlertIdParams, response: answers(IncidentSchema) } },
    async (request) => {
      const scope = scopeOf(context, request);
      const { id } = await findAlert(scope.database, request.params.id);
      return showIncident(context, scope, id);
    },
  );

  api.get(
    '/v1/incidents/:id/item',
    { schema: { params: AlertIdParams, response: answers(QueueItemSchema) } },
    async (request) => showItem(scopeOf(context, request), request.params.id),
  );

  api.post(
    '/v1/incidents/:id/reveal',
    { schema: { params: AlertIdParams, body: NothingSchema, response: answers(IncidentSchema) } },
    async (request) => {
      const scope = scopeOf(context, request);
      const { id } = await findAlert(scope.database, request.params.id);
      await appendAudit(context.store.pool, { actor: scope.viewer.name, action: 'revealed', subject: id });
      return showIncident(context, scope, id);
    },
  );

  const { playbooks, clock } = context;
  const response = answers(whole.PlaybookSchema);
  api.post(
    '/v1/incidents/:id/checklist',
    { schema: { params: AlertIdParams, body: ChecklistChangeSchema, response } },
    async (request) => {
      const { name: by } = guard.require(request, 'work');
      const scope = scopeOf(context, request);
      const { database, presentation } = scope;
      const { id: alertId } = await findAlert(database, request.params.id);
      const shown = await shownTo(context, scope, alertId);
      const { item, done: isDone } = request.body;
      const act = { actor: by, action: isDone ? 'checked' : 'unchecked', subject: alertId, detail: { item } };
      const options = { playbooks, clock, names: presentation.names };
      return showPlaybook(
        await checkItem(audited(database, act), { alertId, item, isDone, by }, options),
        shown,
      );
    },
  );
  api.post(
    '/v1/incidents/:id/sent',
    { schema: { params: AlertIdParams, body: SentMessageSchema, response } },
    async (request) => {
      const { name: by } = guard.require(request, 'work');
      const scope = scopeOf(context, request);
      const { database, presentation } = scope;
      const { id: alertId } = await findAlert(database, request.params.id);
      const shown = await shownTo(context, scope, alertId);
      const act = { actor: by, action: 'message-sent', subject: alertId };
      const options = { playbooks, clock, names: presentation.names };
      return showPlaybook(
        await noteSent(audited(database, act), { alertId, by, ...request.body }, options),
        shown,
      );
    },
  );
}

async function shownTo(context: ConsoleContext, { viewer, database, presentation }: Scope, alertId: string) {
  const redacted = await isHidden(context, viewer, alertId);
  return loadShown(database, alertId, { ...presentation, redacted });
}

async function showIncident(context: ConsoleContext, scope: Scope, id: string): Promise<Incident> {
  const { viewer, database, presentation } = scope;
  const redacted = await isHidden(context, viewer, id);
  const found = await loadIncident(database, id, { ...presentation, redacted, playbooks: context.playbooks });
  if (found === null) throw new ProblemError('not-found');
  return found;
}

/** One row of the queue. */
export async function showItem({ database, presentation }: Scope, alertId: string) {
  const { id } = await findAlert(database, alertId);
  const [row] = await loadQueueRows(database.pool, [id]);
  if (row === undefined) throw new ProblemError('not-found');
  return presentItem(row, presentation);
}
