import { type RegisteredAsset, type RegisteredCampaign } from '@leakwatch/contracts';
import { IMAGE_ENGINE, ImageError, isReadableEngine } from '@leakwatch/image-matching';

export interface RefreshTools {
  /** Makes the packed fingerprint of an asset's picture with the current engine. */
  readonly fingerprint: (picture: Uint8Array) => Promise<Uint8Array>;
  /** Loads a registered picture by its SHA-256; null if it is gone. */
  readonly loadPicture: (sha256: string) => Promise<Uint8Array | null>;
}

/** Most pictures in memory at once. */
const AT_ONCE = 4;

/**
 * Fingerprints the assets of an older engine again, from their stored pictures: each once, as long as the watch list names it. The list
 * itself is not changed, so a process does so once after its start. Assets of the current engine cost nothing.
 */
export class AssetRefresher {
  /** Fingerprints by the SHA-256 of the picture. */
  #made = new Map<string, string>();

  /**
   * Gives the campaigns with fingerprints of the current engine. An asset keeps an older one that can still be read when its picture is
   * gone, or is none to this engine.
   *
   * @throws Error for an asset that has neither
   */
  async refresh(
    campaigns: readonly RegisteredCampaign[],
    tools: RefreshTools,
  ): Promise<RegisteredCampaign[]> {
    const old = new Map<string, RegisteredAsset>();
    for (const { assets } of campaigns) {
      for (const asset of assets) if (asset.engine !== IMAGE_ENGINE) old.set(asset.sha256, asset);
    }
    const known = new Map(
      [...old.keys()].flatMap((sha256) => {
        const made = this.#made.get(sha256);
        return made === undefined ? [] : [[sha256, made] as const];
      }),
    );
    const missing = [...old.values()].filter(({ sha256 }) => !known.has(sha256));
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const some = missing.slice(from, from + AT_ONCE);
      const made = await Promise.all(
        some.map(async (asset) => ({ asset, fingerprint: await remake(asset, tools) })),
      );
      for (const { asset, fingerprint } of made) {
        if (fingerprint !== null) known.set(asset.sha256, fingerprint);
      }
    }
    // A list without pictures, as of a re-scan for names, says nothing of what will be needed.
    if (campaigns.some(({ assets }) => assets.length > 0)) this.#made = known;
    return campaigns.map((campaign) => ({
      ...campaign,
      assets: campaign.assets.map((asset) => {
        const fingerprint = asset.engine === IMAGE_ENGINE ? undefined : known.get(asset.sha256);
        return fingerprint === undefined ? asset : { ...asset, engine: IMAGE_ENGINE, fingerprint };
      }),
    }));
  }
}

/** Null if the older fingerprint must do. */
async function remake(
  { sha256, engine }: RegisteredAsset,
  { fingerprint, loadPicture }: RefreshTools,
): Promise<string | null> {
  const picture = await loadPicture(sha256);
  if (picture === null) {
    if (isReadableEngine(engine)) return null;
    throw new Error("a registered asset's picture is gone: import the watch list again");
  }
  try {
    return Buffer.from(await fingerprint(picture)).toString('base64');
  } catch (error) {
    if (error instanceof ImageError && isReadableEngine(engine)) return null;
    throw error;
  }
}
