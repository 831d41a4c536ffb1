import { LIMITS, type Media, type MediaClaim, type Post } from '@leakwatch/contracts';
import { messageOf } from '@leakwatch/runtime';
import { MediaError, type SourceItem, type SourceOrigin } from '../sources/source.ts';
import { type CheckedPost } from './check-post.ts';
import { limitConcurrency } from '../durable/limit-concurrency.ts';
import { typeOfBytes } from './media-type.ts';

export interface MediaFailure {
  readonly item: SourceItem;
  readonly postId: string;
  readonly mediaIndex: number;
  readonly reason: MediaError['reason'];
  readonly message: string;
}

/** A post with the media handed in for it. */
export interface NormalisedPost {
  readonly checked: CheckedPost;
  readonly post: Post;
}

export interface StoreMediaOptions {
  readonly source: SourceOrigin;
  /** Stores bytes and returns the hash that they are kept under. */
  readonly saveBlob: (bytes: Uint8Array, mime: string) => Promise<string>;
  readonly clock: () => Date;
}

/** Media opened at once: each is held in memory whole. */
const OPEN_MEDIA = 8;

/**
 * Stores the media that posts name by `file`, and claims them. A post whose medium is missing is taken all the same: the
 * post says why, and the failure is reported. The image lane fetches media with an address.
 */
export async function storeMedia(
  normalised: readonly NormalisedPost[],
  options: StoreMediaOptions,
): Promise<{ posts: Post[]; failures: MediaFailure[] }> {
  const failures: MediaFailure[] = [];
  const limit = limitConcurrency({ running: OPEN_MEDIA, waiting: Infinity });

  const storeOne = async ({ checked, post }: NormalisedPost, media: Media): Promise<Media> => {
    const file = checked.submitted.media?.[media.index]?.file;
    if (file === undefined) return media;
    const opened = await openMedium(file, options.source);
    if (opened.ok) return { ...media, claim: await claim(opened.bytes, file, options) };
    const { reason, message } = opened;
    failures.push({ item: checked.item, postId: post.id, mediaIndex: media.index, reason, message });
    return { ...media, fetchError: `${reason}: ${message}` };
  };

  const posts = await Promise.all(
    normalised.map(async (one) => {
      if (one.post.media.length === 0) return one.post;
      const media = await Promise.all(one.post.media.map((medium) => limit(() => storeOne(one, medium))));
      return { ...one.post, media };
    }),
  );
  return { posts, failures };
}

type Opened =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: MediaError['reason']; readonly message: string };

async function openMedium(file: string, source: SourceOrigin): Promise<Opened> {
  try {
    const bytes = await source.openMedia(file);
    if (bytes.length <= LIMITS.mediaBytes) return { ok: true, bytes };
    const message = `\`${file}\` has ${bytes.length} bytes; the limit is ${LIMITS.mediaBytes}`;
    return { ok: false, reason: 'media-too-large', message };
  } catch (error) {
    const reason = error instanceof MediaError ? error.reason : 'missing-media';
    return { ok: false, reason, message: messageOf(error) };
  }
}

async function claim(bytes: Uint8Array, file: string, options: StoreMediaOptions): Promise<MediaClaim> {
  const mime = typeOfBytes(bytes, file);
  const sha256 = await options.saveBlob(bytes, mime);
  return {
    uri: `blob:${sha256}`,
    sha256,
    bytes: bytes.length,
    mime,
    fetchedAt: options.clock().toISOString(),
  };
}
