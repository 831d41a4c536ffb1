import { sha256Hex, type KeptPost, type Post } from '@leakwatch/contracts';
import {
  keepEvidenceBlobs,
  keepEvidenceBytes,
  keepEvidenceMedia,
  type BytesToKeep,
  type MediaToKeep,
  type Queryable,
} from '@leakwatch/store';

/** Bytes of one of a post's media, as the image lane scanned them. */
export interface LoadedMedia extends BytesToKeep {
  readonly mediaIndex: number;
}

/** The parts of a post with a finding that are kept. */
export interface Keeping {
  /** The reference in its detections. */
  readonly kept: KeptPost;
  readonly bytes: readonly BytesToKeep[];
  /** Hashes of the blobs that ingest stored. */
  readonly blobs: readonly string[];
  readonly media: readonly MediaToKeep[];
}

/**
 * Collects the whole post, byte for byte as it came, with the media whose bytes are at hand: those that ingest stored, and
 * those that this lane has loaded.
 */
export function keepPost(post: Post, value: Uint8Array, loaded: readonly LoadedMedia[]): Keeping {
  const recordSha256 = sha256Hex(value);
  const claimed = post.media.flatMap(({ index, claim }) =>
    claim === null ? [] : [{ mediaIndex: index, sha256: claim.sha256 }],
  );
  const isClaimed = new Set(claimed.map(({ mediaIndex }) => mediaIndex));
  const fetched = loaded.filter(({ mediaIndex }) => !isClaimed.has(mediaIndex));
  return {
    kept: { form: 'post', recordSha256 },
    bytes: [{ sha256: recordSha256, mime: 'application/json', bytes: value }, ...fetched],
    blobs: claimed.map(({ sha256 }) => sha256),
    media: [...claimed, ...fetched].map(({ mediaIndex, sha256 }) => ({ recordSha256, mediaIndex, sha256 })),
  };
}

/** Stores them, in few statements for many posts. */
export async function keepPosts(db: Queryable, keepings: readonly Keeping[]): Promise<void> {
  await keepEvidenceBytes(
    db,
    keepings.flatMap(({ bytes }) => bytes),
  );
  await keepEvidenceBlobs(
    db,
    keepings.flatMap(({ blobs }) => blobs),
  );
  await keepEvidenceMedia(
    db,
    keepings.flatMap(({ media }) => media),
  );
}
