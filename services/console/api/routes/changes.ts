import { randomUUID } from 'node:crypto';
import { AlertError, changeAlert, findAlert, undoMoves, type AnalystMove } from '@leakwatch/alerting/desk';
import { type Queryable } from '@leakwatch/store';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type AccountRow } from '../accounts/queries/accounts.ts';
import { sees } from '../access/viewer.ts';
import { appendAudit, audited } from '../audit/append-audit.ts';
import { scopeOf, type ConsoleContext, type Scope } from '../context.ts';
import { findAssignee } from '../incidents/assignee.ts';
import { loadCampaignOf } from '../incidents/queries/campaigns-of-incidents.ts';
import { loadQueueRows } from '../incidents/queries/list-queue.ts';
import { presentItem } from '../incidents/present-item.ts';
import { selectIncidents, type Selected } from '../incidents/select-incidents.ts';
import { ProblemError } from '../problems.ts';
import {
  BulkAnswerSchema,
  BulkPreviewRequestSchema,
  BulkPreviewSchema,
  BulkRequestSchema,
  MoveAnswerSchema,
  MoveRequestSchema,
  UndoAnswerSchema,
  type Move,
} from '../schemas/index.ts';
import { showItem } from './incidents.ts';
import { AlertIdParams, answers, NothingSchema, typed } from './route-helpers.ts';

/** How long a move can be taken back. */
const UNDO_MS = 10_000;

/** Changing incidents, by the functions of the command line. */
export function addChanges(server: FastifyInstance, context: ConsoleContext): void {
  const { guard, store, clock } = context;
  const api = typed(server);

  api.post(
    '/v1/incidents/:id/moves',
    { schema: { params: AlertIdParams, body: MoveRequestSchema, response: answers(MoveAnswerSchema) } },
    async (request) => {
      guard.require(request, 'work');
      const scope = scopeOf(context, request);
      const { id } = await findAlert(scope.database, request.params.id);
      const { version } = request.body;
      const { move, assignee } = await findAssignee(store.pool, request.body.move);
      if (assignee !== null) await checkCampaign(scope, id, assignee);
      const undo = newUndo(context);
      await make(context, scope, { id, move, reason: reasonOf(request.body), undo, expects: version });
      return { incident: await showItem(scope, id), undo: move.change === 'merged' ? null : showUndo(undo) };
    },
  );

  api.post(
    '/v1/bulk/preview',
    { schema: { body: BulkPreviewRequestSchema, response: answers(BulkPreviewSchema) } },
    async (request) => {
      const { name: me } = guard.require(request, 'work');
      const { select } = request.body;
      const { move, assignee } = await findAssignee(store.pool, request.body.move);
      const { database } = scopeOf(context, request);
      const selected = await selectIncidents(database.pool, select, { at: clock(), me, move, assignee });
      const allowed = selected.filter(({ isAllowed }) => isAllowed);
      return {
        count: allowed.length,
        refused: selected.length - allowed.length,
        bySeverity: countBy(allowed, ({ severity }) => severity),
        campaigns: [...new Set(allowed.map(({ campaignId }) => campaignId))].toSorted(),
      };
    },
  );

  api.post(
    '/v1/bulk',
    { schema: { body: BulkRequestSchema, response: answers(BulkAnswerSchema) } },
    async (request) => {
      const { name: me } = guard.require(request, 'work');
      const scope = scopeOf(context, request);
      const { select, expect } = request.body;
      const { move, assignee } = await findAssignee(store.pool, request.body.move);
      const reason = reasonOf(request.body);
      const selected = await selectIncidents(scope.database.pool, select, {
        at: clock(),
        me,
        move,
        assignee,
      });
      const allowed = selected.filter(({ isAllowed }) => isAllowed);
      if (allowed.length !== expect) {
        throw new ProblemError('count-changed', { detail: `${allowed.length} would change, not ${expect}` });
      }
      const undo = newUndo(context);
      const refused: { id: string; detail: string }[] = [];
      for (const { id, version } of allowed) {
        try {
          await make(context, scope, { id, move, reason, undo, expects: version });
        } catch (error) {
          if (!(error instanceof AlertError)) throw error;
          refused.push({ id, detail: error.message });
        }
      }
      const changed = allowed.length - refused.length;
      const isFinal = changed === 0 || move.change === 'merged';
      return { changed, refused, undo: isFinal ? null : showUndo(extended(undo, clock())) };
    },
  );

  api.post(
    '/v1/undo/:id',
    {
      schema: {
        params: z.object({ id: z.uuid() }),
        body: NothingSchema,
        response: answers(UndoAnswerSchema),
      },
    },
    async (request) => {
      const { name: by } = guard.require(request, 'work');
      const { database, presentation } = scopeOf(context, request);
      const { id } = request.params;
      const endWith = (tx: Queryable, { alertId, move }: { alertId: string; move: string }) =>
        appendAudit(tx, { actor: by, action: 'undone', subject: alertId, detail: { move } });
      const { undone, movedSince } = await undoMoves(database, { id, by, endWith }, clock);
      const show = async (ids: readonly string[]) =>
        (await loadQueueRows(database.pool, ids)).map((row) => presentItem(row, presentation));
      const [incidents, moved] = await Promise.all([
        show(undone.map(({ alertId }) => alertId)),
        show(movedSince.map(({ alertId }) => alertId)),
      ]);
      return {
        undone: undone.length,
        incidents,
        movedSince: movedSince.flatMap(({ alertId, move, by: mover }) => {
          const incident = moved.find((one) => one.id === alertId);
          return incident === undefined ? [] : [{ incident, move, by: mover }];
        }),
      };
    },
  );
}

/** Refuses to give an incident to somebody who may not see it. */
async function checkCampaign({ database }: Scope, id: string, assignee: AccountRow): Promise<void> {
  const campaignId = await loadCampaignOf(database.pool, id);
  if (campaignId === null) throw new ProblemError('not-found');
  if (sees(assignee, campaignId)) return;
  throw new ProblemError('bad-request', {
    problems: ['body/move/to: this account may not see the campaign of the incident'],
  });
}

interface Undo {
  readonly id: string;
  readonly until: Date;
}

function newUndo({ clock }: ConsoleContext): Undo {
  return { id: randomUUID(), until: new Date(clock().getTime() + UNDO_MS) };
}

/** A bulk change may take longer than the first of its moves can be taken back; the shown time is the first one's. */
function extended(undo: Undo, now: Date): Undo {
  return undo.until < now ? { ...undo, until: now } : undo;
}

function showUndo({ id, until }: Undo) {
  return { id, until: until.toISOString() };
}

interface OneMove {
  readonly id: string;
  readonly move: Move;
  readonly reason: string;
  readonly undo: Undo;
  readonly expects: string;
}

async function make(
  { clock }: ConsoleContext,
  { viewer, database }: Scope,
  { id, move, reason, undo, expects }: OneMove,
): Promise<void> {
  if (move.change === 'verdict-given' && reason === '') {
    throw new ProblemError('bad-request', { problems: ['body/reason: a verdict needs a reason'] });
  }
  const { name: by } = viewer;
  const act = { actor: by, action: move.change, subject: id, detail: { ...move, reason } };
  const request = { alertId: id, by, reason, move: analystMove(move), take: true, undo, expects };
  await changeAlert(audited(database, act), request, clock);
}

function analystMove(move: Move): AnalystMove {
  switch (move.change) {
    case 'work':
      return { change: 'investigating' };
    case 'snoozed':
      return { change: 'snoozed', until: new Date(move.until) };
    case 'acknowledged':
    case 'investigating':
    case 'snooze-ended':
    case 'reopened':
    case 'assigned':
    case 'merged':
    case 'verdict-given':
      return move;
  }
}

function reasonOf({ reason, note }: { readonly reason: string; readonly note: string }): string {
  return [reason, note].filter((part) => part !== '').join(': ');
}

function countBy(selected: readonly Selected[], key: (one: Selected) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of selected) counts[key(one)] = (counts[key(one)] ?? 0) + 1;
  return counts;
}
