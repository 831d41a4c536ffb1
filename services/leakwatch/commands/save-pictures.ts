import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { extensionOf, listEvidence, loadKeptBytes, readMatchedAssets } from '@leakwatch/alerting/desk';
import { type Alert } from '@leakwatch/contracts';
import { messageOf, UsageError } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { pictureKey, type SavedPictures } from '../screen/posts.ts';

/** Saves the pictures behind an alert, and the assets that they show, as files that only this user may read. */
export async function savePictures(
  { pool }: Pick<Store, 'pool'>,
  { id, occurrences }: Pick<Alert, 'id' | 'occurrences'>,
  folder: string,
): Promise<SavedPictures> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(refuse);
  const save = async (name: string, bytes: Uint8Array): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, bytes, { mode: 0o600 }).catch(refuse);
    return file;
  };
  const posted = new Map<string, string>();
  for (const { postId, media } of await listEvidence(pool, id)) {
    for (const { mediaIndex, sha256, mime } of media) {
      const key = pictureKey(postId, mediaIndex);
      if (posted.has(key)) continue;
      const bytes = await loadKeptBytes(pool, sha256);
      const name = `posted-${postId.slice(0, 8)}-${mediaIndex + 1}.${extensionOf(mime)}`;
      if (bytes !== null) posted.set(key, await save(name, bytes));
    }
  }
  const assets = new Map<string, string>();
  const detections = occurrences.map(({ detection }) => detection);
  for await (const { picture, detectionIds } of readMatchedAssets(pool, detections)) {
    if (picture === null) continue;
    const file = await save(`asset-${picture.fileName}`, picture.bytes);
    for (const detectionId of detectionIds) assets.set(detectionId, file);
  }
  return { posted, assets };
}

function refuse(error: unknown): never {
  throw new UsageError(`cannot save the pictures: ${messageOf(error)}`);
}
