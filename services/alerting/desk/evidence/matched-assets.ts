import path from 'node:path';
import { type Detection, type RegisteredAsset } from '@leakwatch/contracts';
import { groupBy } from '@leakwatch/runtime';
import { loadBlob, loadWatchListVersion, type Queryable } from '@leakwatch/store';

/** An asset that detections matched, as it was registered in the version of the watch list that they name. */
export interface MatchedAsset {
  readonly itemId: string;
  readonly watchListVersion: number;
  readonly detectionIds: readonly string[];
  /** Null if it is not kept any more. */
  readonly picture: { readonly sha256: string; readonly bytes: Uint8Array; readonly fileName: string } | null;
}

/** Reads each asset that these detections matched, one picture after another: they may be large. */
export async function* readMatchedAssets(
  db: Queryable,
  detections: readonly Detection[],
): AsyncGenerator<MatchedAsset> {
  const found = detections.filter(({ evidence }) => evidence.kind === 'asset');
  for (const [version, ofVersion] of groupBy(found, (one) => one.watchListVersion)) {
    const list = await loadWatchListVersion(db, version);
    for (const [itemId, ofItem] of groupBy(ofVersion, ({ evidence }) => evidence.itemId)) {
      const campaign = list?.campaigns.find(({ id }) => id === ofItem[0]?.evidence.campaignId);
      const asset = campaign?.assets.find(({ id }) => id === itemId);
      yield {
        itemId,
        watchListVersion: version,
        detectionIds: ofItem.map(({ id }) => id),
        picture: asset === undefined ? null : await readPicture(db, asset, version),
      };
    }
  }
}

async function readPicture(
  db: Queryable,
  { id, file, sha256 }: RegisteredAsset,
  version: number,
): Promise<MatchedAsset['picture']> {
  const blob = await loadBlob(db, sha256);
  return blob === null ? null : { sha256, bytes: blob.bytes, fileName: nameOf(id, version, file) };
}

/** A name that no file system gives a meaning to; an id may hold any characters. */
function nameOf(id: string, version: number, file: string): string {
  const plain = id.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80);
  const [type = '.bin'] = /^\.[a-z0-9]{2,8}$/.exec(path.extname(file).toLowerCase()) ?? [];
  return `${plain}-v${version}${type}`;
}
