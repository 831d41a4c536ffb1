import { type WatchListSnapshot } from '@leakwatch/contracts';
import { z } from 'zod';
import { EditedAssetSchema, type EditedCampaign, type EditedCreator, type Edits } from '../schemas/index.ts';

/** A watch list as people edit it: its assets name their pictures by hash. */
export interface EditedList {
  readonly campaigns: readonly EditedCampaign[];
  readonly creators: readonly EditedCreator[];
  readonly ordinaryWords: readonly string[] | undefined;
}

/** Drops what the image engine has added. */
const PlainAssetSchema = z.object(EditedAssetSchema.shape);

export const NO_EDITS: Edits = { campaigns: [], removedCampaigns: [], creators: [], removedCreators: [] };

export function toEditedList(snapshot: WatchListSnapshot | null): EditedList {
  if (snapshot === null) return { campaigns: [], creators: [], ordinaryWords: undefined };
  const { creators, ordinaryWords } = snapshot;
  const campaigns = snapshot.campaigns.map((campaign) => ({
    ...campaign,
    assets: campaign.assets.map((asset) => PlainAssetSchema.parse(asset)),
  }));
  return { campaigns, creators, ordinaryWords };
}

/** The list with the edits; what is new stands at the end. */
export function applyEdits(list: EditedList, edits: Edits): EditedList {
  return {
    campaigns: replaceById(list.campaigns, edits.campaigns, edits.removedCampaigns),
    creators: replaceById(list.creators, edits.creators, edits.removedCreators),
    ordinaryWords: edits.ordinaryWords ?? list.ordinaryWords,
  };
}

function replaceById<T extends { readonly id: string }>(
  all: readonly T[],
  edited: readonly T[],
  removed: readonly string[],
): T[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  for (const one of edited) byId.set(one.id, one);
  for (const id of removed) byId.delete(id);
  return [...byId.values()];
}

/** The edits that make `to` of `from`. */
export function editsBetween(from: EditedList, to: EditedList): Edits {
  const campaigns = differences(from.campaigns, to.campaigns);
  const creators = differences(from.creators, to.creators);
  const hasOtherWords = JSON.stringify(from.ordinaryWords ?? []) !== JSON.stringify(to.ordinaryWords ?? []);
  return {
    campaigns: campaigns.edited,
    removedCampaigns: campaigns.removed,
    creators: creators.edited,
    removedCreators: creators.removed,
    ...(hasOtherWords ? { ordinaryWords: [...(to.ordinaryWords ?? [])] } : {}),
  };
}

function differences<T extends { readonly id: string }>(
  from: readonly T[],
  to: readonly T[],
): { edited: T[]; removed: string[] } {
  const before = new Map(from.map((one) => [one.id, JSON.stringify(one)]));
  const after = new Set(to.map(({ id }) => id));
  return {
    edited: to.filter((one) => before.get(one.id) !== JSON.stringify(one)),
    removed: from.map(({ id }) => id).filter((id) => !after.has(id)),
  };
}
