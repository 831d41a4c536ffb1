import {
  AssetSchema,
  WatchListError,
  WatchListSchema,
  type RegisteredCampaign,
  type WatchList,
  type WatchListSnapshot,
} from '@leakwatch/contracts';
import { IMAGE_ENGINE, type ImageEngine } from '@leakwatch/image-matching';
import { registerWatchList, type KnownPicture, type RegistrationWarning } from '@leakwatch/matching';
import { type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { type EditedAsset } from '../schemas/index.ts';
import { type EditedList } from './apply-edits.ts';
import { describeProblems } from './describe-problems.ts';
import { findForbidden } from './find-forbidden.ts';
import { loadDraftPicture, loadUploadedFingerprints } from './queries/uploaded-pictures.ts';

/** More terms take seconds to compile: the command line takes those. */
export const MOST_TERMS = 5_000;

/** An asset as a file has it. */
const PlainAssetSchema = z.object(AssetSchema.shape);

export interface RegisteredDraft {
  readonly problems: readonly string[];
  readonly warnings: readonly RegistrationWarning[];
  /** Null if there are problems. */
  readonly content: {
    readonly campaigns: RegisteredCampaign[];
    readonly creators: WatchList['creators'];
    readonly ordinaryWords: WatchList['ordinaryWords'];
  } | null;
  /** Pictures that no version holds yet. */
  readonly pictures: readonly Uint8Array[];
}

/** Checks an edited list as an import does, and makes what a version holds. Only new pictures are fingerprinted. */
export async function registerDraft(
  db: Queryable,
  engine: () => Promise<Pick<ImageEngine, 'register'>>,
  edited: EditedList,
  current: WatchListSnapshot | null,
): Promise<RegisteredDraft> {
  const parsed = WatchListSchema.safeParse({
    campaigns: edited.campaigns.map(({ assets, ...campaign }) => ({
      ...campaign,
      assets: assets.map((asset) => PlainAssetSchema.parse(asset)),
    })),
    creators: edited.creators,
    ordinaryWords: edited.ordinaryWords,
  });
  if (!parsed.success) {
    return refused(describeProblems(parsed.error.issues, edited));
  }
  const forbidden = findForbidden(edited);
  if (forbidden.length > 0) return refused(describeProblems(forbidden, edited));
  const list = parsed.data;
  const terms = list.campaigns.reduce((sum, one) => sum + one.terms.length, 0);
  if (terms > MOST_TERMS) {
    return refused([`${terms} terms take too long to compile here: use \`leakwatch watchlist import\``]);
  }
  const found = await findPictures(db, edited, current);
  if (found.problems.length > 0) return refused(found.problems);
  try {
    const lazy: Pick<ImageEngine, 'register'> = {
      register: async (bytes) => (await engine()).register(bytes),
    };
    const { campaigns, warnings } = await registerWatchList(
      'draft',
      { list, pictures: found.bytes },
      lazy,
      found.known,
    );
    const { creators, ordinaryWords } = list;
    return {
      problems: [],
      warnings,
      content: { campaigns, creators, ordinaryWords },
      pictures: found.unsaved,
    };
  } catch (error) {
    if (!(error instanceof WatchListError)) throw error;
    return refused(describeProblems(error.problems, edited));
  }
}

function refused(problems: readonly string[]): RegisteredDraft {
  return { problems, warnings: [], content: null, pictures: [] };
}

interface FoundPictures {
  readonly known: Map<string, KnownPicture>;
  readonly bytes: Map<string, Uint8Array>;
  readonly unsaved: Uint8Array[];
  readonly problems: string[];
}

/** Finds each picture's fingerprint in the current version or among the uploads, and else its bytes. */
async function findPictures(
  db: Queryable,
  edited: EditedList,
  current: WatchListSnapshot | null,
): Promise<FoundPictures> {
  const saved = new Map(
    (current?.campaigns ?? []).flatMap(({ assets }) => assets.map((one) => [one.sha256, one] as const)),
  );
  const assets = edited.campaigns.flatMap((campaign) => campaign.assets);
  const unsaved = assets.filter(({ sha256 }) => !saved.has(sha256)).map(({ sha256 }) => sha256);
  const uploaded = new Map(
    (await loadUploadedFingerprints(db, unsaved)).map((one) => [one.sha256, one] as const),
  );
  const found: FoundPictures = { known: new Map(), bytes: new Map(), unsaved: [], problems: [] };
  const byFile = new Map<string, EditedAsset>();
  for (const asset of assets) {
    const twin = byFile.get(asset.file);
    if (twin !== undefined && twin.sha256 !== asset.sha256) {
      found.problems.push(`two pictures have the file name ${asset.file}: upload one of them again`);
    }
    if (twin !== undefined) continue;
    byFile.set(asset.file, asset);
    const fingerprint = saved.get(asset.sha256) ?? uploaded.get(asset.sha256);
    if (fingerprint !== undefined) {
      const { sha256, engine, fingerprint: packed } = fingerprint;
      found.known.set(asset.file, { sha256, engine, fingerprint: packed });
      if (saved.has(sha256) && engine === IMAGE_ENGINE) continue;
    }
    const bytes = await loadDraftPicture(db, asset.sha256);
    if (bytes === null) {
      found.problems.push(`the picture ${asset.name ?? asset.id} is no longer kept: upload it again`);
      continue;
    }
    found.bytes.set(asset.file, bytes);
    if (!saved.has(asset.sha256)) found.unsaved.push(bytes);
  }
  return found;
}
