import {
  AssetSchema,
  CampaignSchema,
  CreatorSchema,
  type Creator,
  type WatchListInput,
  type WatchListSnapshot,
} from '@leakwatch/contracts';
import { z } from 'zod';

/** Drops what the image engine has added. */
const PlainAssetSchema = z.object(AssetSchema.shape);

type CreatorInput = z.input<typeof CreatorSchema>;
type Fields = Readonly<Record<string, unknown>>;

/** The watch list of a version as a file says it: without what leakwatch has added, and without defaults. */
export function plainList({ campaigns, creators, ordinaryWords }: WatchListSnapshot): WatchListInput {
  const defaultCampaign = CampaignSchema.parse({ id: 'x', name: 'x' });
  return {
    campaigns: campaigns.map(({ assets, ...campaign }) => ({
      ...without(campaign, defaultCampaign),
      id: campaign.id,
      name: campaign.name,
      ...(assets.length === 0 ? {} : { assets: assets.map((asset) => PlainAssetSchema.parse(asset)) }),
    })),
    ...(creators.length === 0 ? {} : { creators: creators.map(plainCreator) }),
    ...(ordinaryWords === undefined ? {} : { ordinaryWords }),
  };
}

/** A creator as a file says it. */
export function plainCreator({ risk, ...creator }: Creator): CreatorInput {
  const defaults = CreatorSchema.parse({ id: 'x' });
  const ownRisk = without(risk, defaults.risk);
  return {
    id: creator.id,
    ...without(creator, defaults),
    ...(Object.keys(ownRisk).length === 0 ? {} : { risk: ownRisk }),
  };
}

/** The fields that differ from their defaults. */
function without<T extends Fields>(one: T, defaults: Fields): Partial<T> {
  const result: Partial<T> = { ...one };
  for (const key of Object.keys(one)) {
    if (JSON.stringify(one[key]) === JSON.stringify(defaults[key])) Reflect.deleteProperty(result, key);
  }
  return result;
}
