import {
  formatPath,
  sha256Hex,
  WatchListError,
  type FileProblem,
  type RegisteredCampaign,
} from '@leakwatch/contracts';
import { IMAGE_ENGINE, ImageError, type ImageEngine } from '@leakwatch/image-matching';
import { compileWatchList } from '@leakwatch/matching';
import { TermError, testTerms, type TermTest } from '@leakwatch/text-matching';
import { type WatchListFile } from './read-watch-list-file.ts';

/** The most terms to refuse by name. */
const MOST_REFUSALS = 50;

/** A watch list with fingerprinted assets, whose terms have been compiled once to prove that they work. */
export interface RegisteredWatchList {
  readonly campaigns: RegisteredCampaign[];
  /** Warnings for the person who registers it: words of ordinary talk, flat pictures … */
  readonly warnings: string[];
}

/**
 * Fingerprints a watch list's assets and compiles its terms once.
 *
 * @throws WatchListError naming every asset and the first term that can't be watched, or the terms that are not found in their own text
 */
export async function registerWatchList(
  watchListFile: string,
  { list, pictures }: WatchListFile,
  engine: ImageEngine,
): Promise<RegisteredWatchList> {
  const problems: FileProblem[] = [];
  const warnings: string[] = [];
  const register = async (picture: Uint8Array, file: string, path: readonly PropertyKey[]) => {
    try {
      const registered = await engine.register(picture);
      warnings.push(...registered.warnings.map((warning) => `${formatPath(path)} (${file}): ${warning}`));
      return Buffer.from(registered.data).toString('base64');
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      problems.push({ place: null, path, message: `${file}: ${error.reason}: ${error.message}` });
      return '';
    }
  };

  const campaigns = await Promise.all(
    list.campaigns.map(async (campaign, c) => ({
      ...campaign,
      assets: await Promise.all(
        campaign.assets.map(async (asset, a) => {
          const picture = pictures.get(asset.file) ?? new Uint8Array();
          return {
            ...asset,
            sha256: sha256Hex(picture),
            engine: IMAGE_ENGINE,
            fingerprint: await register(picture, asset.file, ['campaigns', c, 'assets', a]),
          };
        }),
      ),
    })),
  );
  if (problems.length > 0) throw new WatchListError(watchListFile, problems);

  let tested: TermTest;
  try {
    const compiled = compileWatchList({ version: 1, campaigns, ordinaryWords: list.ordinaryWords });
    warnings.push(
      ...compiled.warnings.map(
        (warning) => `campaign ${warning.campaignId}, term ${warning.itemId}: ${warning.message}`,
      ),
    );
    tested = testTerms(compiled.text);
  } catch (error) {
    if (!(error instanceof TermError)) throw error;
    throw new WatchListError(watchListFile, [{ place: null, path: ['campaigns'], message: error.message }]);
  }
  if (tested.refusals.length > 0) {
    throw new WatchListError(
      watchListFile,
      tested.refusals.slice(0, MOST_REFUSALS).map(({ campaignId, itemId, message }) => {
        const c = campaigns.findIndex(({ id }) => id === campaignId);
        const t = campaigns[c]?.terms.findIndex(({ id }) => id === itemId) ?? -1;
        return { place: null, path: ['campaigns', c, 'terms', t, 'text'], message };
      }),
    );
  }
  warnings.push(
    ...tested.warnings.map(({ campaignId, itemId, message }) => {
      return `campaign ${campaignId}, term ${itemId}: ${message}`;
    }),
  );
  return { campaigns, warnings };
}
