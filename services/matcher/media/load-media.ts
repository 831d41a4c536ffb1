import { type Media } from '@leakwatch/contracts';
import { loadBlob, type Queryable } from '@leakwatch/store';
import { MediaFetchError, type FetchedMedia, type MediaFetcher } from './fetch-media.ts';

/**
 * The bytes of a post's medium: the stored blob where ingest had them at hand, else fetched from where the post says.
 *
 * @throws MediaFetchError where they can't be had
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
