import { type WatchedCampaign, type WatchedCampaigns } from '../judge/watched-campaigns.ts';

/** Which registered creators are briefed for which campaigns. */
export interface Briefs {
  readonly watched: WatchedCampaigns;
  /** The creator's campaigns; none for an unregistered creator. */
  campaignsOf(creatorId: string): readonly WatchedCampaign[];
}

/** Stores no pair per creator for a campaign that is for all: there may be 10,000 creators and 1,000 such campaigns. */
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
