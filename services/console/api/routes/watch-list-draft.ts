import { loadWatchListVersion, StaleWatchListError, storeWatchList } from '@leakwatch/store';
import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sees, type Viewer } from '../access/viewer.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { isRedacted, type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import {
  ContentSchema,
  DraftCheckSchema,
  DraftSchema,
  ListChangesSchema,
  NewDraftSchema,
  RosterRequestSchema,
  RosterSchema,
  SaveDraftSchema,
  SavedVersionSchema,
  WatchedCreatorsSchema,
  type Draft,
  type ListChange,
} from '../schemas/index.ts';
import { applyEdits, editsBetween, NO_EDITS, toEditedList } from '../watch-list/apply-edits.ts';
import { diffLists } from '../watch-list/diff-lists.ts';
import {
  draftedList,
  draftScope,
  refuseForeign,
  visibleChanges,
  type DraftScope,
} from '../watch-list/draft-scope.ts';
import {
  deleteDraft,
  loadDraft,
  saveDraft,
  type DraftRow,
  type KeptDraft,
} from '../watch-list/queries/drafts.ts';
import { foreignPictures } from '../watch-list/open-pictures.ts';
import { loadVersionOrigin } from '../watch-list/queries/watch-list-facts.ts';
import { registerDraft, type RegisteredDraft } from '../watch-list/register-draft.ts';
import { readRoster } from '../watch-list/roster/read-roster.ts';
import { answers, NothingSchema, typed } from './route-helpers.ts';

/** A draft holds whole campaigns and creators: a roster of thousands is some megabytes. */
const BODY_BYTES = 16 * 1024 * 1024;
const CREATORS_SHOWN = 50;

/** The watch list as a draft: edited, checked, and saved as a version, as `leakwatch watchlist import` does. */
export function addWatchListDraft(server: FastifyInstance, context: ConsoleContext): void {
  const { store, clock, pictures } = context;
  const api = typed(server);
  const register = (scope: DraftScope) =>
    registerDraft(store.pool, pictures.get, draftedList(scope), scope.current);

  api.get('/v1/watch-list/content', { schema: { response: answers(ContentSchema) } }, async (request) => {
    const { viewer, current, list } = await draftScope(context, request);
    const campaigns = list.campaigns.filter(({ id }) => sees(viewer, id));
    if (isRedacted(context, viewer)) {
      for (const { id } of campaigns) {
        await appendAudit(store.pool, { actor: viewer.name, action: 'revealed', subject: `campaign/${id}` });
      }
    }
    return { version: current?.version ?? 0, campaigns, whole: viewer.campaigns === null };
  });

  api.get(
    '/v1/watch-list/creators',
    {
      schema: {
        querystring: z.strictObject({ q: z.string().max(200).default('') }),
        response: answers(WatchedCreatorsSchema),
      },
    },
    async (request) => {
      const scope = await draftScope(context, request);
      const wanted = request.query.q.toLowerCase();
      const found = draftedList(scope).creators.filter(({ id, name, accounts }) =>
        [id, name ?? '', ...accounts.map(({ handle }) => handle ?? '')].some((one) =>
          one.toLowerCase().includes(wanted),
        ),
      );
      return { total: found.length, items: found.slice(0, CREATORS_SHOWN) };
    },
  );

  api.get('/v1/watch-list/draft', { schema: { response: answers(DraftSchema) } }, async (request) =>
    showDraft(context, await draftScope(context, request)),
  );

  api.put(
    '/v1/watch-list/draft',
    { bodyLimit: BODY_BYTES, schema: { body: NewDraftSchema, response: answers(DraftSchema) } },
    async (request) => {
      const scope = await draftScope(context, request);
      const { base, edits, seen } = request.body;
      if (base > (scope.current?.version ?? 0)) {
        throw new ProblemError('bad-request', { problems: [`body/base: there is no version ${base}`] });
      }
      refuseForeign(scope.viewer, edits, scope.list);
      const foreign = await foreignPictures(store.pool, scope, edits);
      if (foreign.length > 0) {
        const problems = foreign.map((place) => `${place}: this picture is not yours to use: upload it`);
        throw new ProblemError('bad-request', { problems });
      }
      return keep(scope, { base, edits, seen: typeof seen === 'string' ? new Date(seen) : seen });
    },
  );

  api.delete('/v1/watch-list/draft', { schema: { response: answers(DraftSchema) } }, async (request) => {
    const scope = await draftScope(context, request);
    await deleteDraft(store.pool, scope.viewer.accountId);
    return showDraft(context, { ...scope, draft: null });
  });

  api.post(
    '/v1/watch-list/draft/check',
    { schema: { body: NothingSchema, response: answers(DraftCheckSchema) } },
    async (request) => {
      const scope = await draftScope(context, request);
      const registered = await register(scope);
      return {
        problems: [...registered.problems],
        warnings: warningsFor(scope, registered),
        changes: changesOf(scope),
      };
    },
  );

  api.post(
    '/v1/watch-list/draft/save',
    { schema: { body: SaveDraftSchema, response: answers(SavedVersionSchema) } },
    async (request) => {
      const scope = await draftScope(context, request);
      const { viewer, current, draft } = scope;
      const { seen } = request.body;
      if (seen !== undefined && seen !== (draft?.updatedAt.toISOString() ?? null)) {
        throw staleDraft(viewer, draft);
      }
      if (draft === null) throw new ProblemError('bad-request', { problems: ['there is no draft to save'] });
      const version = current?.version ?? 0;
      if (draft.base !== version) {
        const { by, createdAt } = await loadVersionOrigin(store.pool, version);
        throw new StaleWatchListError({ version, by, at: createdAt });
      }
      const registered = await register(scope);
      const { content } = registered;
      if (content === null) throw new ProblemError('bad-request', { problems: [...registered.problems] });
      const changes = changesOf(scope);
      const saved = await store.transaction(async (tx) => {
        const origin = { by: viewer.name, note: request.body.note, expects: draft.base };
        const snapshot = await storeWatchList(tx, content, { pictures: registered.pictures, ...origin });
        await deleteDraft(tx, viewer.accountId);
        if (snapshot.version !== version) {
          await appendAudit(tx, {
            actor: viewer.name,
            action: 'watch-list-saved',
            subject: `watch-list/${snapshot.version}`,
            detail: { from: version, changes: countChanges(changes) },
          });
        }
        return snapshot;
      });
      context.showNames(saved);
      return { version: saved.version, warnings: warningsFor(scope, registered) };
    },
  );

  api.post(
    '/v1/watch-list/roster',
    { bodyLimit: BODY_BYTES, schema: { body: RosterRequestSchema, response: answers(RosterSchema) } },
    async (request) => {
      const scope = await draftScope(context, request);
      if (scope.viewer.campaigns !== null) throw new ProblemError('forbidden');
      const { csv, mapping, take } = request.body;
      const list = draftedList(scope);
      const known = new Map(list.creators.map((one) => [one.id, one]));
      const { roster, creators } = readRoster(csv, mapping, known);
      const differing = creators.filter((one) => JSON.stringify(known.get(one.id)) !== JSON.stringify(one));
      const added = differing.filter(({ id }) => !known.has(id)).length;
      if (take && differing.length > 0) {
        const edited = applyEdits(list, { ...NO_EDITS, creators: differing });
        await keep(scope, {
          base: scope.draft?.base ?? scope.current?.version ?? 0,
          edits: editsBetween(scope.list, edited),
          seen: scope.draft?.updatedAt ?? null,
        });
      }
      return { ...roster, added, changed: differing.length - added };
    },
  );

  const VersionParams = z.object({ version: z.coerce.number().int().min(1).max(1_000_000_000) });
  api.get(
    '/v1/watch-list/versions/:version/changes',
    { schema: { params: VersionParams, response: answers(ListChangesSchema) } },
    async (request) => {
      const { viewer } = await draftScope(context, request);
      const { version } = request.params;
      const [before, after] = await Promise.all([
        loadWatchListVersion(store.pool, version - 1),
        loadWatchListVersion(store.pool, version),
      ]);
      if (after === null) throw new ProblemError('not-found');
      return { items: visibleChanges(viewer, diffLists(toEditedList(before), toEditedList(after))) };
    },
  );

  api.post(
    '/v1/watch-list/versions/:version/draft',
    { schema: { params: VersionParams, body: NothingSchema, response: answers(DraftSchema) } },
    async (request) => {
      const scope = await draftScope(context, request);
      const { viewer, list, current } = scope;
      const wanted = await loadWatchListVersion(store.pool, request.params.version);
      if (wanted === null) throw new ProblemError('not-found');
      const all = editsBetween(list, toEditedList(wanted));
      const known = new Set(list.campaigns.map(({ id }) => id));
      const mine = (id: string) => sees(viewer, id) && known.has(id);
      const edits =
        viewer.campaigns === null
          ? all
          : {
              ...NO_EDITS,
              campaigns: all.campaigns.filter(({ id }) => mine(id)),
              removedCampaigns: all.removedCampaigns.filter(mine),
            };
      return keep(scope, { base: current?.version ?? 0, edits, seen: undefined });
    },
  );

  async function keep(
    scope: DraftScope,
    { base, edits, seen }: Pick<KeptDraft, 'base' | 'edits' | 'seen'>,
  ): Promise<Draft> {
    const { accountId } = scope.viewer;
    const updatedAt = await saveDraft(store.pool, { accountId, base, edits, seen, at: clock() });
    if (updatedAt === null) throw staleDraft(scope.viewer, await loadDraft(store.pool, accountId));
    return showDraft(context, { ...scope, draft: { base, edits, updatedAt } });
  }
}

/** Another window of the same account was quicker. */
function staleDraft({ name }: Viewer, now: DraftRow | null): ProblemError {
  if (now === null) {
    return new ProblemError('stale', { detail: `${name} saved or discarded this draft in another window` });
  }
  const at = now.updatedAt.toISOString();
  const changed = { by: name, change: 'draft-changed', at, version: at };
  return new ProblemError('stale', { detail: `${name} changed this draft in another window`, changed });
}

async function showDraft({ store }: ConsoleContext, scope: DraftScope): Promise<Draft> {
  const { current, draft, list } = scope;
  const version = current?.version ?? 0;
  const base = draft?.base ?? version;
  const newest = version === 0 ? null : await loadVersionOrigin(store.pool, version);
  const before = base === version ? null : await loadWatchListVersion(store.pool, base);
  const edits = draft?.edits ?? NO_EDITS;
  const others = new Set(
    base === version ? [] : diffLists(toEditedList(before), list).map(({ campaignId }) => campaignId),
  );
  return {
    base,
    current: { version, by: newest?.by ?? null, at: newest?.createdAt.toISOString() ?? null },
    updatedAt: draft?.updatedAt.toISOString() ?? null,
    edits,
    overlaps: [...edits.campaigns.map(({ id }) => id), ...edits.removedCampaigns].filter((id) =>
      others.has(id),
    ),
  };
}

function changesOf(scope: DraftScope): ListChange[] {
  return visibleChanges(scope.viewer, diffLists(scope.list, draftedList(scope)));
}

function warningsFor({ viewer }: DraftScope, { warnings }: RegisteredDraft): string[] {
  return warnings.filter(({ campaignId }) => sees(viewer, campaignId)).map(({ text }) => text);
}

function countChanges(changes: readonly ListChange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { part, change } of changes) {
    const key = `${part} ${change}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
