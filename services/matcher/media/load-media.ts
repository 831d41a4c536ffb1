import { type Media } from '@leakwatch/contracts';
import { loadBlob, type Queryable } from '@leakwatch/store';
import { MediaFetchError, type FetchedMedia, type MediaFetcher } from './fetch-media.ts';

/**
 * Loads the bytes of a post's medium: the blob that ingest stored, or else from its address.
 *
 * @throws MediaFetchError if they can't be loaded
 */
export async function loadMedia(db: Queryable, fetcher: MediaFetcher, media: Media): Promise<FetchedMedia> {
  if (media.claim !== null) {
    const blob = await loadBlob(db, media.claim.sha256);
    if (blob === null) {
      throw new MediaFetchError('media-unreachable', 'the stored bytes are gone', { canRetry: false });
    }
    return blob;
  }
  if (media.sourceUrl === null) {
    throw new MediaFetchError(
      'media-unreachable',
      media.fetchError ?? 'the post names no address for its media',
      {
        canRetry: false,
      },
    );
  }
  return fetcher.fetch(media.sourceUrl);
}
