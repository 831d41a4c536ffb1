import { type WatchList } from '@leakwatch/contracts';

/**
 * A recorded watch list as if its epoch were now: embargoes that had lifted then have lifted now, by as much, and the
 * others lift as far ahead.
 */
export function shiftEmbargoes(list: WatchList, epoch: Date, now: Date): WatchList {
  const shift = now.getTime() - epoch.getTime();
  return {
    ...list,
    campaigns: list.campaigns.map((campaign) =>
      campaign.embargo === undefined
        ? campaign
        : {
            ...campaign,
            embargo: { liftsAt: new Date(Date.parse(campaign.embargo.liftsAt) + shift).toISOString() },
          },
    ),
  };
}
