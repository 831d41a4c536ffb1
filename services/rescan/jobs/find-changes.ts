import { isDeepStrictEqual } from 'node:util';
import {
  type ItemReference,
  type RegisteredAsset,
  type RegisteredCampaign,
  type WatchListSnapshot,
} from '@leakwatch/contracts';

/**
 * Finds the terms and assets that a newer watch list added or changed. An asset is its picture: another name, file or
 * engine's fingerprint of it changes no findings. A cleared asset is never found; one that is cleared no longer is a new one.
 *
 * @param older - null before the first
 */
export function findChanges(
  older: Pick<WatchListSnapshot, 'campaigns'> | null,
  newer: Pick<WatchListSnapshot, 'campaigns'>,
): ItemReference[] {
  const before = new Map(older?.campaigns.map((campaign) => [campaign.id, campaign]));
  return newer.campaigns.flatMap((campaign) => {
    const known = before.get(campaign.id);
    return [...changedTerms(known, campaign), ...changedAssets(known, campaign)];
  });
}

function changedTerms(known: RegisteredCampaign | undefined, campaign: RegisteredCampaign): ItemReference[] {
  const before = new Map(known?.terms.map((term) => [term.id, term]));
  return campaign.terms
    .filter((term) => !isDeepStrictEqual(before.get(term.id), term))
    .map((term) => ({ campaignId: campaign.id, kind: 'term', itemId: term.id }));
}

function changedAssets(known: RegisteredCampaign | undefined, campaign: RegisteredCampaign): ItemReference[] {
  const secret = (asset: RegisteredAsset) => asset.cleared !== true;
  const before = new Map(known?.assets.filter(secret).map((asset) => [asset.id, asset.sha256]));
  return campaign.assets
    .filter((asset) => secret(asset) && before.get(asset.id) !== asset.sha256)
    .map((asset) => ({ campaignId: campaign.id, kind: 'asset', itemId: asset.id }));
}
