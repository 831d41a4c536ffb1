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
 * Reduces the campaigns to the terms and assets that some request wants, and the cleared assets, which are held against every
 * picture.
 */
export function selectCampaigns(
  list: Pick<WatchListSnapshot, 'campaigns'>,
  requests: readonly RescanRequest[],
): RegisteredCampaign[] {
  const wants = requests.map(wantedItems);
  return list.campaigns.flatMap((campaign) => {
    const isWanted = (kind: ItemReference['kind']) => (item: { id: string }) =>
      wants.some((want) => want({ campaignId: campaign.id, kind, itemId: item.id }));
    const terms = campaign.terms.filter(isWanted('term'));
    const assets = campaign.assets.filter((asset) => asset.cleared === true || isWanted('asset')(asset));
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
