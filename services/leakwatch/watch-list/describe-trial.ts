import { type Grade, type RegisteredCampaign } from '@leakwatch/contracts';
import { LEAK_WAYS, type LeakWay } from '@leakwatch/image-matching';
import { type AssetTrial, type PlacedAsset } from '@leakwatch/matching';

/** Near assets that a line names. */
const MOST_NAMED = 3;

const GRADES: Record<Grade, string> = {
  same: 'looks the same',
  part: 'shares a part',
  'same-layout': 'has the same layout',
};

/** Crops from the largest, with words for it and all smaller ones. */
const CROPS: readonly (readonly [LeakWay, string])[] = [
  ['cropped to a half', 'crops to a half or less'],
  ['cropped to a third', 'crops below a half'],
  ['cropped to a tenth', 'crops below a third'],
];

interface NamedNear {
  readonly campaignId: string;
  readonly assetId: string;
  readonly cleared: boolean;
  readonly grade: Grade;
}

/** A trial whose near pictures have the names that the list gives them now. */
type NamedTrial = PlacedAsset & { readonly missed: readonly LeakWay[]; readonly near: readonly NamedNear[] };

/** A line: in which ways the asset is found and in which it is not, and which others it may be taken for. */
export function describeTrial({ campaignId, asset, missed, near }: NamedTrial): string {
  const named = near.slice(0, MOST_NAMED).map((one) => {
    const place = one.campaignId === campaignId ? one.assetId : `${one.assetId} of ${one.campaignId}`;
    return `${one.cleared ? 'the cleared ' : ''}${place} (${GRADES[one.grade]})`;
  });
  const more = near.length - named.length;
  const others = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [
    `campaign ${campaignId}, asset ${asset.id}: ${foundIn(missed)}`,
    ...(others === '' ? [] : [`near it: ${others}`]),
  ].join('; ');
}

function foundIn(missed: readonly LeakWay[]): string {
  const all = LEAK_WAYS.length;
  if (missed.length === 0) return `found in all of ${all} leaks tried`;
  const found = LEAK_WAYS.filter((way) => !missed.includes(way));
  if (found.length === 0) return `found in none of ${all} leaks tried`;
  const count = `found in ${found.length} of ${all} leaks tried`;
  if (found.length < missed.length) return `${count}, only ${found.join(', ')}`;
  return `${count}, not ${worded(missed).join(', ')}`;
}

function worded(missed: readonly LeakWay[]): string[] {
  const crop = CROPS.find(([way]) => missed.includes(way));
  const others = missed.filter((way) => !CROPS.some(([one]) => one === way));
  return [...(crop === undefined ? [] : [crop[1]]), ...others];
}

/** Names the near pictures of a trial as the list does now. */
export function nameNear({ near }: AssetTrial, campaigns: readonly RegisteredCampaign[]): NamedNear[] {
  return near.flatMap(({ sha256, cleared, grade }) =>
    campaigns.flatMap(({ id, assets }) =>
      assets
        .filter((asset) => asset.sha256 === sha256 && (asset.cleared === true) === cleared)
        .map((asset) => ({ campaignId: id, assetId: asset.id, cleared, grade })),
    ),
  );
}

/** As `--json` tells it. */
export function outcomeOfTrial({ campaignId, asset, missed, near }: NamedTrial) {
  const found = LEAK_WAYS.filter((way) => !missed.includes(way));
  return { campaignId, assetId: asset.id, found, missed: [...missed], near: [...near] };
}
