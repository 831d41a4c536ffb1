import { type WatchList } from '@leakwatch/contracts';

/**
 * Shifts a recorded watch list to the present: each embargo lifts as long before or after now as it did relative to the
 * recording's epoch.
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
