import { type Media } from '@leakwatch/contracts';
import { OverBudgetError } from '@leakwatch/runtime';
import { loadBlob, type Queryable } from '@leakwatch/store';
import { MediaFetchError, postTooLarge, type FetchedMedia, type FetchOptions } from './fetch-media.ts';
import { type AskHost, type Patience } from './ask-hosts.ts';

/**
 * Loads the bytes of a post's medium: the blob that ingest stored, or else from its address.
 *
 * @throws MediaFetchError if they can't be loaded, or the signal's reason
 */
export async function loadMedia(
  db: Queryable,
  askHost: AskHost,
  media: Media,
  options: FetchOptions & { readonly patience: Patience },
): Promise<FetchedMedia> {
  if (media.claim !== null) return loadStored(db, media.claim, options);
  if (media.sourceUrl === null) {
    throw new MediaFetchError(
      'media-unreachable',
      media.fetchError ?? 'the post names no address for its media',
      {
        canRetry: false,
      },
    );
  }
  return askHost(media.sourceUrl, options);
}

async function loadStored(
  db: Queryable,
  { sha256, bytes }: NonNullable<Media['claim']>,
  { account, signal }: FetchOptions,
): Promise<FetchedMedia> {
  try {
    const held = await account?.take({ bytes, isExact: true }, signal);
    held?.settle(bytes);
  } catch (error) {
    throw error instanceof OverBudgetError ? postTooLarge() : error;
  }
  const blob = await loadBlob(db, sha256);
  if (blob === null) {
    throw new MediaFetchError('media-unreachable', 'the stored bytes are gone', { canRetry: false });
  }
  return blob;
}
