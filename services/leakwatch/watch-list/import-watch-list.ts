import { type Asset, type WatchListSnapshot } from '@leakwatch/contracts';
import { type ImageEngine } from '@leakwatch/image-matching';
import { registerWatchList, type RegistrationWarning, type WatchListFile } from '@leakwatch/matching';
import { storeWatchList, type Store } from '@leakwatch/store';

export interface ImportedWatchList {
  readonly snapshot: WatchListSnapshot;
  readonly warnings: readonly RegistrationWarning[];
}

/**
 * Makes a watch list the current one. If anything is wrong, nothing changes. Running matchers follow within a second.
 *
 * @throws WatchListError naming what can't be watched
 */
export async function importWatchList(
  store: Pick<Store, 'transaction'>,
  engine: ImageEngine,
  name: string,
  file: WatchListFile,
  { by = null }: { readonly by?: string | null } = {},
): Promise<ImportedWatchList> {
  const { campaigns, warnings } = await registerWatchList(name, file, engine);
  const { creators, ordinaryWords } = file.list;
  const snapshot = await store.transaction((tx) =>
    storeWatchList(tx, { campaigns, creators, ordinaryWords }, { pictures: [...file.pictures.values()], by }),
  );
  return { snapshot, warnings };
}

/** A watch list, of a file or stored, as far as it is counted. */
interface CountedList {
  readonly campaigns: readonly {
    readonly terms: readonly unknown[];
    readonly assets: readonly Pick<Asset, 'cleared'>[];
  }[];
  readonly creators: readonly unknown[];
}

export function countWatchList({ campaigns, creators }: CountedList) {
  const count = (key: 'terms' | 'assets') =>
    campaigns.reduce((sum, campaign) => sum + campaign[key].length, 0);
  return {
    campaigns: campaigns.length,
    terms: count('terms'),
    assets: count('assets'),
    creators: creators.length,
  };
}

/** `3 campaigns, 18 terms, 12 assets (2 cleared), 35 creators`. */
export function describeWatchList(list: CountedList): string {
  const { campaigns, terms, assets, creators } = countWatchList(list);
  const cleared = list.campaigns.flatMap((one) => one.assets.filter((asset) => asset.cleared === true));
  return [
    `${campaigns} campaigns`,
    `${terms} terms`,
    `${assets} assets${cleared.length === 0 ? '' : ` (${cleared.length} cleared)`}`,
    `${creators} creators`,
  ].join(', ');
}
