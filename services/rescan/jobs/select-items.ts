import {
  type ItemReference,
  type RegisteredCampaign,
  type RescanRequest,
  type WatchListSnapshot,
} from '@leakwatch/contracts';

/** The first part of a request that the watch list lacks, in a sentence; null if it has all. */
export function missingFrom(
  { campaigns, items }: Pick<RescanRequest, 'campaigns' | 'items'>,
  list: Pick<WatchListSnapshot, 'version' | 'campaigns'>,
): string | null {
  const known = new Map(list.campaigns.map((campaign) => [campaign.id, campaign]));
  const wanted = [...(campaigns ?? []), ...(items ?? []).map(({ campaignId }) => campaignId)];
  const lost = wanted.find((id) => !known.has(id));
  if (lost !== undefined) return `version ${list.version} of the watch list has no campaign \`${lost}\``;
  const lostItem = (items ?? []).find((item) => !hasItem(known.get(item.campaignId), item));
  if (lostItem === undefined) return null;
  const { kind, itemId, campaignId } = lostItem;
  return `version ${list.version} of the watch list has no ${kind} \`${itemId}\` in campaign \`${campaignId}\``;
}

function hasItem(campaign: RegisteredCampaign | undefined, { kind, itemId }: ItemReference): boolean {
  const items = (kind === 'term' ? campaign?.terms : campaign?.assets) ?? [];
  return items.some(({ id }) => id === itemId);
}

/**
 * Reduces the campaigns to the terms that some request wants, and to all assets if it wants one that can be found. A picture is
 * judged beside an asset's siblings and beside cleared ones, as live posts are: by itself, an asset also claims what they explain
 * better.
 */
export function selectCampaigns(
  list: Pick<WatchListSnapshot, 'campaigns'>,
  requests: readonly RescanRequest[],
): RegisteredCampaign[] {
  const wants = requests.map(wantedItems);
  const isWanted = (campaignId: string, kind: ItemReference['kind'], { id }: { id: string }) =>
    wants.some((want) => want({ campaignId, kind, itemId: id }));
  const looksForAssets = list.campaigns.some(({ id, assets }) =>
    assets.some((asset) => asset.cleared !== true && isWanted(id, 'asset', asset)),
  );
  return list.campaigns.flatMap((campaign) => {
    const terms = campaign.terms.filter((term) => isWanted(campaign.id, 'term', term));
    const assets = looksForAssets ? campaign.assets : [];
    return terms.length + assets.length === 0 ? [] : [{ ...campaign, terms, assets }];
  });
}

/** Whether a request wants an item. */
export function wantedItems({ campaigns, items, lanes }: RescanRequest): (item: ItemReference) => boolean {
  const byCampaign = campaigns === undefined ? null : new Set(campaigns);
  const byItem = items === undefined ? null : new Set(items.map(keyOf));
  const byLane = lanes === undefined ? null : new Set(lanes);
  return (item) =>
    (byCampaign === null || byCampaign.has(item.campaignId)) &&
    (byItem === null || byItem.has(keyOf(item))) &&
    (byLane === null || byLane.has(item.kind === 'term' ? 'text' : 'image'));
}

function keyOf({ campaignId, kind, itemId }: ItemReference): string {
  return JSON.stringify([campaignId, kind, itemId]);
}
