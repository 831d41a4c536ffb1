import { type Queryable } from '@leakwatch/store';
import { sees } from '../access/viewer.ts';
import { type EditedCampaign, type Edits } from '../schemas/index.ts';
import { type DraftScope } from './draft-scope.ts';
import { loadOtherEdits } from './queries/drafts.ts';
import { listUploadsOf } from './queries/uploaded-pictures.ts';

/**
 * Tells which of some pictures the viewer may open: those of campaigns that they see, in the newest version or in anybody's draft,
 * those of their own draft, and those that they uploaded. A hash alone opens nothing.
 */
export async function openPictures(
  db: Queryable,
  { viewer, list, draft }: DraftScope,
  sha256s: readonly string[],
): Promise<ReadonlySet<string>> {
  const seen = (campaigns: readonly EditedCampaign[]) => campaigns.filter(({ id }) => sees(viewer, id));
  const open = new Set([...picturesOf(seen(list.campaigns)), ...picturesOf(draft?.edits.campaigns ?? [])]);
  const isMissing = () => sha256s.some((one) => !open.has(one));
  if (isMissing()) for (const one of await listUploadsOf(db, viewer.name, sha256s)) open.add(one);
  // Drafts are whole campaigns, so they are read only if nothing else tells.
  if (isMissing()) {
    const others = await loadOtherEdits(db, viewer.accountId);
    for (const one of picturesOf(seen(others.flatMap(({ campaigns }) => campaigns)))) open.add(one);
  }
  return open;
}

/** Pictures that edits name and the viewer may not open, by their places: with these kept, the viewer's own draft would open them. */
export async function foreignPictures(db: Queryable, scope: DraftScope, edits: Edits): Promise<string[]> {
  const open = await openPictures(db, scope, picturesOf(edits.campaigns));
  return edits.campaigns.flatMap(({ assets }, campaign) =>
    assets.flatMap(({ sha256 }, asset) =>
      open.has(sha256) ? [] : [`body/edits/campaigns/${campaign}/assets/${asset}/sha256`],
    ),
  );
}

function picturesOf(campaigns: readonly EditedCampaign[]): string[] {
  return campaigns.flatMap(({ assets }) => assets.map(({ sha256 }) => sha256));
}
