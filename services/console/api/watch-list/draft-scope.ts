import { CANARY_CAMPAIGN_ID, type WatchListSnapshot } from '@leakwatch/contracts';
import { loadCurrentWatchList } from '@leakwatch/store';
import { type FastifyRequest } from 'fastify';
import { sees, type Viewer } from '../access/viewer.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { type Edits, type ListChange } from '../schemas/index.ts';
import { applyEdits, toEditedList, type EditedList } from './apply-edits.ts';
import { loadDraft, type DraftRow } from './queries/drafts.ts';

/** The common ground of the draft's routes: the editor, the newest version, and the editor's draft. */
export interface DraftScope {
  readonly viewer: Viewer;
  readonly current: WatchListSnapshot | null;
  readonly list: EditedList;
  readonly draft: DraftRow | null;
}

/** @throws ProblemError `forbidden` */
export async function draftScope(
  { guard, store }: ConsoleContext,
  request: FastifyRequest,
): Promise<DraftScope> {
  const viewer = guard.require(request, 'lead');
  const [current, draft] = await Promise.all([
    loadCurrentWatchList(store.pool),
    loadDraft(store.pool, viewer.accountId),
  ]);
  return { viewer, current, list: toEditedList(current), draft };
}

/** The current version with the draft's edits, as far as they are still the viewer's to make. */
export function draftedList({ viewer, list, draft }: DraftScope): EditedList {
  if (draft === null) return list;
  refuseForeign(viewer, draft.edits, list);
  return applyEdits(list, draft.edits);
}

/**
 * Creators and campaigns of their own belong to those who see all campaigns.
 *
 * @throws ProblemError `forbidden`
 */
export function refuseForeign(viewer: Viewer, edits: Edits, list: EditedList): void {
  const known = new Set(list.campaigns.map(({ id }) => id));
  const ids = [...edits.campaigns.map(({ id }) => id), ...edits.removedCampaigns];
  const isForeign = ids.some((id) => id === CANARY_CAMPAIGN_ID || !sees(viewer, id));
  const isNew = ids.some((id) => !known.has(id));
  const touchesAll =
    isNew ||
    edits.creators.length > 0 ||
    edits.removedCreators.length > 0 ||
    edits.ordinaryWords !== undefined;
  if (isForeign || (viewer.campaigns !== null && touchesAll)) throw new ProblemError('forbidden');
}

/** Changes in what the viewer may see. */
export function visibleChanges(viewer: Viewer, changes: readonly ListChange[]): ListChange[] {
  return changes.filter(({ campaignId }) =>
    campaignId === null ? viewer.campaigns === null : sees(viewer, campaignId),
  );
}
