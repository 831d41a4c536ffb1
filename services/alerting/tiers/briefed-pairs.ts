import { type Creator } from '@leakwatch/contracts';
import { type WatchedCampaign, type WatchedCampaigns } from '../watched-campaigns.ts';

/** The campaigns that a registered creator is briefed for. */
export function campaignsOf(creator: Creator, { campaigns }: WatchedCampaigns): WatchedCampaign[] {
  return [...campaigns.values()].filter(({ creators }) => creators?.includes(creator.id) !== false);
}

/** Creators by their campaigns' ids: everyone who has a tier, and for what. */
export function briefedPairs(watched: WatchedCampaigns): ReadonlyMap<string, ReadonlySet<string>> {
  const pairs = new Map<string, Set<string>>([...watched.creators.keys()].map((id) => [id, new Set()]));
  for (const { id, creators } of watched.campaigns.values()) {
    for (const creatorId of creators ?? watched.creators.keys()) pairs.get(creatorId)?.add(id);
  }
  return pairs;
}
