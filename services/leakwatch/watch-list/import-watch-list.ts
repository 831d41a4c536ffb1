import { type WatchListSnapshot } from '@leakwatch/contracts';
import { type ImageEngine } from '@leakwatch/image-matching';
import { saveBlob, saveWatchList, type Store } from '@leakwatch/store';
import { type WatchListFile } from './read-watch-list-file.ts';
import { registerWatchList } from './register-watch-list.ts';

export interface ImportedWatchList {
  readonly snapshot: WatchListSnapshot;
  readonly warnings: readonly string[];
}

/**
 * Makes a watch list the current one. If anything is wrong, nothing changes. Running matchers follow within a second.
 *
 * @throws WatchListError naming what can't be watched
 */
export async function importWatchList(
  store: Store,
  engine: ImageEngine,
  name: string,
  file: WatchListFile,
): Promise<ImportedWatchList> {
  const { campaigns, warnings } = await registerWatchList(name, file, engine);
  const snapshot = await store.transaction(async (tx) => {
    for (const bytes of file.pictures.values())
      await saveBlob(tx, { bytes, mime: 'application/octet-stream' });
    const { creators, ordinaryWords } = file.list;
    return saveWatchList(tx, { campaigns, creators, ordinaryWords });
  });
  return { snapshot, warnings };
}

/** `3 campaigns, 18 terms, 12 assets, 35 creators`. */
export function describeWatchList(list: {
  campaigns: readonly { terms: readonly unknown[]; assets: readonly unknown[] }[];
  creators: readonly unknown[];
}): string {
  const count = (key: 'terms' | 'assets') =>
    list.campaigns.reduce((sum, campaign) => sum + campaign[key].length, 0);
  return [
    `${list.campaigns.length} campaigns`,
    `${count('terms')} terms`,
    `${count('assets')} assets`,
    `${list.creators.length} creators`,
  ].join(', ');
}
