import {
  AssetSchema,
  CampaignSchema,
  CreatorSchema,
  type WatchListInput,
  type WatchListSnapshot,
} from '@leakwatch/contracts';
import { z } from 'zod';

/** Drops what the image engine has added. */
const PlainAssetSchema = z.object(AssetSchema.shape);

type Fields = Readonly<Record<string, unknown>>;

/** The watch list of a version as a file says it: without what leakwatch has added, and without defaults. */
export function plainList({ campaigns, creators, ordinaryWords }: WatchListSnapshot): WatchListInput {
  const defaultCampaign = CampaignSchema.parse({ id: 'x', name: 'x' });
  const defaultCreator = CreatorSchema.parse({ id: 'x' });
  return {
    campaigns: campaigns.map(({ assets, ...campaign }) => ({
      ...without(campaign, defaultCampaign),
      id: campaign.id,
      name: campaign.name,
      ...(assets.length === 0 ? {} : { assets: assets.map((asset) => PlainAssetSchema.parse(asset)) }),
    })),
    ...(creators.length === 0
      ? {}
      : {
          creators: creators.map(({ risk, ...creator }) => {
            const ownRisk = without(risk, defaultCreator.risk);
            return {
              ...without(creator, defaultCreator),
              id: creator.id,
              ...(Object.keys(ownRisk).length === 0 ? {} : { risk: ownRisk }),
            };
          }),
        }),
    ...(ordinaryWords === undefined ? {} : { ordinaryWords }),
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
