import {
  formatPath,
  sha256Hex,
  WatchListError,
  type FileProblem,
  type RegisteredAsset,
  type RegisteredCampaign,
  type WatchList,
} from '@leakwatch/contracts';
import { IMAGE_ENGINE, ImageError, type ImageEngine } from '@leakwatch/image-matching';
import { TermError, testTerms, type TermTest } from '@leakwatch/text-matching';
import { compileWatchList, type CompiledWatchList } from './compile-watch-list.ts';
import { warnOfCleared } from './warn-of-cleared.ts';

/** The most terms to refuse by name. */
const MOST_REFUSALS = 50;

/** A watch list with the bytes of its assets' pictures. */
export interface WatchListFile {
  readonly list: WatchList;
  /** The bytes of each picture, by its `file` in the list. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** A fingerprint that an earlier version made. */
export type KnownPicture = Pick<RegisteredAsset, 'sha256' | 'engine' | 'fingerprint'>;

/** For the person who registers: words of ordinary talk, flat pictures … */
export interface RegistrationWarning {
  readonly campaignId: string;
  readonly text: string;
}

/** A watch list with fingerprinted assets, whose terms have been compiled once to prove that they work. */
export interface RegisteredWatchList {
  readonly campaigns: RegisteredCampaign[];
  readonly warnings: RegistrationWarning[];
}

/**
 * Fingerprints a watch list's assets and compiles its terms once.
 *
 * @param known - fingerprints to take over, by the `file` of their pictures; those of another engine are made again
 * @throws WatchListError naming every asset and the first term that can't be watched, or the terms that are not found in their own text
 */
export async function registerWatchList(
  name: string,
  { list, pictures }: WatchListFile,
  engine: Pick<ImageEngine, 'register'>,
  known: ReadonlyMap<string, KnownPicture> = new Map(),
): Promise<RegisteredWatchList> {
  const problems: FileProblem[] = [];
  const warnings: RegistrationWarning[] = [];
  const register = async (
    campaignId: string,
    file: string,
    path: readonly PropertyKey[],
  ): Promise<KnownPicture> => {
    const before = known.get(file);
    if (before?.engine === IMAGE_ENGINE) return before;
    const picture = pictures.get(file) ?? new Uint8Array();
    const identity = { sha256: sha256Hex(picture), engine: IMAGE_ENGINE };
    try {
      const registered = await engine.register(picture);
      warnings.push(
        ...registered.warnings.map((text) => ({
          campaignId,
          text: `${formatPath(path)} (${file}): ${text}`,
        })),
      );
      return { ...identity, fingerprint: Buffer.from(registered.data).toString('base64') };
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      problems.push({ place: null, path, message: `${file}: ${error.reason}: ${error.message}` });
      return { ...identity, fingerprint: '' };
    }
  };

  const campaigns = await Promise.all(
    list.campaigns.map(async (campaign, c) => ({
      ...campaign,
      assets: await Promise.all(
        campaign.assets.map(async (asset, a) => ({
          ...asset,
          ...(await register(campaign.id, asset.file, ['campaigns', c, 'assets', a])),
        })),
      ),
    })),
  );
  if (problems.length > 0) throw new WatchListError(name, problems);
  return { campaigns, warnings: [...warnings, ...tryList(name, campaigns, list.ordinaryWords)] };
}

/** Compiles the list, looks for each term in its own text, and for pictures that a cleared one hides. */
function tryList(
  name: string,
  campaigns: readonly RegisteredCampaign[],
  ordinaryWords: WatchList['ordinaryWords'],
): RegistrationWarning[] {
  let tested: TermTest;
  let compiled: CompiledWatchList;
  try {
    compiled = compileWatchList({ version: 1, campaigns, ordinaryWords });
    tested = testTerms(compiled.parts);
  } catch (error) {
    if (!(error instanceof TermError)) throw error;
    throw new WatchListError(name, [{ place: null, path: ['campaigns'], message: error.message }]);
  }
  if (tested.refusals.length > 0) {
    throw new WatchListError(
      name,
      tested.refusals.slice(0, MOST_REFUSALS).map(({ campaignId, itemId, message }) => {
        const c = campaigns.findIndex(({ id }) => id === campaignId);
        const t = campaigns[c]?.terms.findIndex(({ id }) => id === itemId) ?? -1;
        return { place: null, path: ['campaigns', c, 'terms', t, 'text'], message };
      }),
    );
  }
  const ofTerms = [...compiled.warnings, ...tested.warnings].map(({ campaignId, itemId, message }) => ({
    campaignId,
    text: `campaign ${campaignId}, term ${itemId}: ${message}`,
  }));
  return [...ofTerms, ...warnOfCleared(campaigns, compiled.images)];
}
