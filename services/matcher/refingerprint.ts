import { type RegisteredCampaign } from '@leakwatch/contracts';
import { IMAGE_ENGINE, type ImageEngine } from '@leakwatch/image-matching';
import { loadBlob, type Store } from '@leakwatch/store';

/** Assets that an older engine fingerprinted are done again from their stored pictures. */
export function refingerprint(
  store: Store,
  engine: ImageEngine,
  campaigns: readonly RegisteredCampaign[],
): Promise<RegisteredCampaign[]> {
  return Promise.all(
    campaigns.map(async (campaign) => ({
      ...campaign,
      assets: await Promise.all(
        campaign.assets.map(async (asset) => {
          if (asset.engine === IMAGE_ENGINE) return asset;
          const blob = await loadBlob(store.pool, asset.sha256);
          if (blob === null) {
            throw new Error("a registered asset's picture is gone: import the watch list again");
          }
          const { data } = await engine.register(blob.bytes);
          return { ...asset, engine: IMAGE_ENGINE, fingerprint: Buffer.from(data).toString('base64') };
        }),
      ),
    })),
  );
}
