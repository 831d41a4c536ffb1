import { type Detection, type Post } from '@leakwatch/contracts';
import { secretJson, type SecretJson } from './secret.ts';

/**
 * A detection to store. What is left readable is what queries order and count by, and what an erasure finds a post by; it
 * stands as in the detection itself, so that SQL reads both alike.
 */
export function secretDetection(detection: Detection): SecretJson {
  const { detectedAt, rescanJobId, post } = detection;
  return secretJson(detection, {
    detectedAt,
    rescanJobId,
    post: { ...placeOf(post), creatorId: post.creatorId, publishedAt: post.publishedAt },
  });
}

/** A post to store. An erasure finds it by its place, its address and its pictures. */
export function secretPost(post: Post): SecretJson {
  return secretJson(post, {
    ...placeOf(post),
    creatorId: post.creatorId,
    canonicalUrl: post.canonicalUrl,
    media: post.media.flatMap(({ claim }) => (claim === null ? [] : [claim.sha256])),
  });
}

/** In the order in which erasures look for it. */
function placeOf({ platform, instance, nativeId }: Pick<Post, 'platform' | 'instance' | 'nativeId'>) {
  return { platform, instance, nativeId };
}
