import { type RegisteredAsset, type RegisteredCampaign } from '@leakwatch/contracts';
import { type ImageMatcher } from '@leakwatch/image-matching';

/** As registering tells it. */
interface ClearedWarning {
  readonly campaignId: string;
  readonly text: string;
}

interface Placed {
  readonly campaignId: string;
  readonly asset: RegisteredAsset;
}

/**
 * Tells which secret pictures a cleared one hides, and which settings of a cleared one say nothing. A picture of another
 * campaign is not named: who reads one campaign's warnings may not see the other.
 */
export function warnOfCleared(
  campaigns: readonly RegisteredCampaign[],
  { lookAlikes }: Pick<ImageMatcher, 'lookAlikes'>,
): ClearedWarning[] {
  const all = campaigns.flatMap(({ id, assets }) => assets.map((asset) => ({ campaignId: id, asset })));
  const cleared = all.filter(({ asset }) => asset.cleared === true);
  if (cleared.length === 0) return [];
  const groups = lookAlikes.map((group) => new Set(group));
  const idle = cleared.filter(({ asset }) => asset.alertOn !== undefined);
  const hidden = all.flatMap((secret) => {
    if (secret.asset.cleared === true) return [];
    const twin = cleared.find(({ asset }) => asset.sha256 === secret.asset.sha256);
    if (twin !== undefined) {
      return [warning(secret, `is never found: ${nameOf(twin, secret)} is the same picture`)];
    }
    const group = groups.find((one) => one.has(keyOf(secret)));
    const alike = cleared.find((one) => group?.has(keyOf(one)) === true);
    if (alike === undefined) return [];
    const shown = `is found only where a post shows what ${nameOf(alike, secret)} lacks: the two look alike`;
    return [warning(secret, shown)];
  });
  return [
    ...idle.map((one) => warning(one, 'is cleared, so it is never reported: `alertOn` changes nothing')),
    ...hidden,
  ];
}

/** As `lookAlikes` names it. */
function keyOf({ campaignId, asset }: Placed): string {
  return `${campaignId}/${asset.id}`;
}

function nameOf({ campaignId, asset }: Placed, reader: Placed): string {
  return campaignId === reader.campaignId
    ? `the cleared asset ${asset.id}`
    : 'a cleared asset of another campaign';
}

function warning({ campaignId, asset }: Placed, text: string): ClearedWarning {
  return { campaignId, text: `campaign ${campaignId}, asset ${asset.id}: ${text}` };
}
