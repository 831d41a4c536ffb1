import { type WatchListSnapshot } from '@leakwatch/contracts';
import { type Queryable } from '../queryable.ts';
import { saveBlob } from './save-blob.ts';
import { saveWatchList, type VersionOrigin } from './save-watch-list.ts';
import { type WatchListContent } from './watch-list-row.ts';

/**
 * Keeps a registered watch list and its pictures as a new version, or gives the current one if nothing changed. Every way to
 * change the watch list ends here.
 *
 * @param tx - a transaction: writers take turns until it ends
 * @throws StaleWatchListError
 */
export async function storeWatchList(
  tx: Queryable,
  content: WatchListContent,
  { pictures, ...origin }: VersionOrigin & { readonly pictures: readonly Uint8Array[] },
): Promise<WatchListSnapshot> {
  const saved = await saveWatchList(tx, content, origin);
  for (const bytes of pictures)
    await saveBlob(tx, { bytes, mime: 'application/octet-stream', lasting: true });
  return saved;
}
