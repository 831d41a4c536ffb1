/**
 * An alert's case as files:
 *
 *   alert.json, timeline.json       as they stand now
 *   posts/<thread>/r<revision>/     of each revision in which something was found
 *     post.json                     the record, byte for byte (fingerprint-<lane>.json, detection-<lane>.json where there was no more)
 *     text.txt                      its text, to read: U+FFFD in place of what steers a terminal or turns a line
 *     media/<index>.<type>          the bytes that were looked at
 *   assets/<id>-v<version>.<type>   the registered pictures that were found in them
 *   manifest.json                   what each file is, since when it is kept, and what is missing
 *   SHA256SUMS                      of all of these, for `sha256sum --check`
 */
import { plainJson, withoutSteering } from '@leakwatch/contracts';
import { StoreError, type Store } from '@leakwatch/store';
import { loadAlert } from '../../incidents/queries/load-alert.ts';
import { AlertError } from '../find-alert.ts';
import { loadEvidenceHold, type EvidenceHold } from '../queries/evidence-hold.ts';
import { listEvidence, loadKeptBytes, type StoredEvidence } from '../queries/evidence-list.ts';
import { readTimeline } from '../timeline.ts';
import { createShelf, type Shelf, type ShelvedFile } from './file-shelf.ts';
import { readMatchedAssets, type MatchedAsset } from './matched-assets.ts';
import { readRecord, type MissingMedia, type ReadRecord } from './read-record.ts';

/** An occurrence and the files that are its evidence. */
export interface ManifestEntry extends Omit<StoredEvidence, 'record' | 'media'> {
  readonly record: string;
  readonly text: string | null;
  readonly media: readonly { readonly mediaIndex: number; readonly file: string }[];
  readonly missingMedia: readonly MissingMedia[];
  readonly collectedBy: ReadRecord['collectedBy'];
}

/** An asset that occurrences matched. Its file is null if the picture is not kept any more. */
export interface ManifestAsset extends Omit<MatchedAsset, 'picture'> {
  readonly file: string | null;
}

export interface EvidenceManifest {
  readonly schemaVersion: 1;
  readonly alertId: string;
  readonly exportedAt: Date;
  readonly hold: EvidenceHold | null;
  readonly evidence: readonly ManifestEntry[];
  readonly assets: readonly ManifestAsset[];
  /** Occurrences without evidence: older than evidence itself, or past its retention. */
  readonly occurrencesWithout: readonly string[];
  readonly files: readonly ShelvedFile[];
}

/**
 * Writes an alert's evidence, one file after another. Bytes that no longer have their hash are written as they are, and
 * the manifest says so.
 *
 * @param write - takes a path with slashes, relative to the case's folder
 * @throws AlertError if there is no such alert, or none of its evidence is kept
 */
export async function exportEvidence(
  store: Pick<Store, 'pool'>,
  alertId: string,
  write: (path: string, bytes: Uint8Array) => Promise<void>,
  clock: () => Date = () => new Date(),
): Promise<EvidenceManifest> {
  const alert = await loadAlert(store.pool, alertId);
  if (alert === null) throw new AlertError('unknown-alert', `there is no alert ${alertId}`);
  const evidence = await listEvidence(store.pool, alertId);
  if (evidence.length === 0) {
    throw new AlertError(
      'no-evidence',
      'no evidence of it is kept: it is from before there was any, or was kept long enough',
    );
  }
  const shelf = createShelf(write);
  await shelf.put('alert.json', toJson(alert), { preservedAs: null });
  await shelf.put('timeline.json', toJson(await readTimeline(store, alertId)), { preservedAs: null });
  const entries: ManifestEntry[] = [];
  for (const one of evidence) entries.push(await shelve(one, shelf, store));
  const assets: ManifestAsset[] = [];
  const detections = alert.occurrences.map(({ detection }) => detection);
  for await (const { picture, ...asset } of readMatchedAssets(store.pool, detections)) {
    const file =
      picture === null
        ? null
        : await shelf.put(`assets/${picture.fileName}`, picture.bytes, { preservedAs: picture.sha256 });
    assets.push({ ...asset, file });
  }

  const documented = new Set(evidence.map(({ detectionId }) => detectionId));
  const manifest: EvidenceManifest = {
    schemaVersion: 1,
    alertId,
    exportedAt: clock(),
    hold: await loadEvidenceHold(store.pool, alertId),
    evidence: entries,
    assets,
    occurrencesWithout: alert.occurrences
      .map(({ detection }) => detection.id)
      .filter((id) => !documented.has(id)),
    files: [...shelf.files()],
  };
  await shelf.put('manifest.json', toJson(manifest), { preservedAs: null });
  const sums = shelf.files().map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  await write('SHA256SUMS', Buffer.from(sums.join('')));
  return manifest;
}

async function shelve(
  evidence: StoredEvidence,
  shelf: Shelf,
  { pool }: Pick<Store, 'pool'>,
): Promise<ManifestEntry> {
  const { record, media, ...rest } = evidence;
  const folder = `posts/${evidence.threadId.slice(0, 16)}/r${evidence.revision}`;
  const name = evidence.form === 'post' ? 'post' : `${evidence.form}-${evidence.lane}`;
  const bytes = await loadBytes(pool, record.sha256);
  const file = await shelf.put(`${folder}/${name}.json`, bytes, { preservedAs: record.sha256 });
  const files: { mediaIndex: number; file: string }[] = [];
  for (const { mediaIndex, sha256, mime } of media) {
    const path = `${folder}/media/${mediaIndex}.${extensionOf(mime)}`;
    const known = shelf.find(path, sha256);
    const written = known ?? (await shelf.put(path, await loadBytes(pool, sha256), { preservedAs: sha256 }));
    files.push({ mediaIndex, file: written });
  }
  const read = readRecord(bytes, new Set(media.map(({ mediaIndex }) => mediaIndex)));
  const text = read?.text ?? '';
  return {
    ...rest,
    record: file,
    text:
      text === ''
        ? null
        : await shelf.put(`${folder}/text.txt`, Buffer.from(withoutSteering(text)), { preservedAs: null }),
    media: files,
    missingMedia: read?.missing ?? [],
    collectedBy: read?.collectedBy ?? null,
  };
}

async function loadBytes(pool: Store['pool'], sha256: string): Promise<Uint8Array> {
  const bytes = await loadKeptBytes(pool, sha256).catch((error: unknown) => {
    // Bytes that were changed can't be opened any more: an empty file, whose hash differs, says so.
    if (error instanceof StoreError && error.code === 'sealed-value-broken') return Buffer.alloc(0);
    throw error;
  });
  // A foreign key guarantees that they are there.
  if (bytes === null) throw new Error(`the bytes ${sha256} were deleted during the export: try again`);
  return bytes;
}

/** `jpeg` for `image/jpeg`; `bin` for a type without a plain name. */
export function extensionOf(mime: string): string {
  return /^[a-z]+\/([a-z0-9]{2,8})$/.exec(mime)?.[1] ?? 'bin';
}

function toJson(value: unknown): Uint8Array {
  return Buffer.from(`${plainJson(value, 2)}\n`);
}
