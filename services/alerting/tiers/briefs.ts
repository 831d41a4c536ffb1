import { type WatchedCampaign, type WatchedCampaigns } from '../judge/watched-campaigns.ts';

/** Which registered creators are briefed for what. */
export interface Briefs {
  readonly watched: WatchedCampaigns;
  /** The campaigns of a creator; none of one who is not registered. */
  campaignsOf(creatorId: string): readonly WatchedCampaign[];
}

/** Without a pair for each creator of a campaign that is for all: there may be ten thousand of them, and a thousand such campaigns. */
export function indexBriefs(watched: WatchedCampaigns): Briefs {
  const forAll: WatchedCampaign[] = [];
  const named = new Map<string, WatchedCampaign[]>();
  for (const campaign of watched.campaigns.values()) {
    if (campaign.creators === undefined) forAll.push(campaign);
    for (const creatorId of new Set(campaign.creators)) {
      const own = named.get(creatorId);
      if (own === undefined) named.set(creatorId, [campaign]);
      else own.push(campaign);
    }
  }
  return {
    watched,
    campaignsOf: (creatorId) =>
      watched.creators.has(creatorId) ? [...forAll, ...(named.get(creatorId) ?? [])] : [],
  };
}
