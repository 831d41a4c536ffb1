import { type RegisteredCampaign } from '@leakwatch/contracts';
import { IMAGE_ENGINE } from '@leakwatch/image-matching';

export interface RefreshTools {
  /** Makes the packed fingerprint of an asset's picture with the current engine. */
  readonly fingerprint: (picture: Uint8Array) => Promise<Uint8Array>;
  /** Loads a registered picture by its SHA-256; null if it is gone. */
  readonly loadPicture: (sha256: string) => Promise<Uint8Array | null>;
}

/** Fingerprints the assets of an older engine again, from their stored pictures. Others stay unchanged. */
export function refreshAssets(
  campaigns: readonly RegisteredCampaign[],
  { fingerprint, loadPicture }: RefreshTools,
): Promise<RegisteredCampaign[]> {
  return Promise.all(
    campaigns.map(async (campaign) => ({
      ...campaign,
      assets: await Promise.all(
        campaign.assets.map(async (asset) => {
          if (asset.engine === IMAGE_ENGINE) return asset;
          const picture = await loadPicture(asset.sha256);
          if (picture === null) {
            throw new Error("a registered asset's picture is gone: import the watch list again");
          }
          const data = await fingerprint(picture);
          return { ...asset, engine: IMAGE_ENGINE, fingerprint: Buffer.from(data).toString('base64') };
        }),
      ),
    })),
  );
}
