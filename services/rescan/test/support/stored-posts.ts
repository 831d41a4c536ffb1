import {
  EVENTS,
  fingerprintId,
  postId,
  postThreadId,
  type Fingerprint,
  type ImageFingerprint,
  type PostReference,
} from '@leakwatch/contracts';
import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';
import { IMAGE_ENGINE } from '@leakwatch/image-matching';
import { TEXT_ENGINE } from '@leakwatch/text-matching';

export interface StoredPost {
  readonly nativeId: string;
  readonly creatorId?: string;
  readonly platform?: string;
  readonly publishedAt?: string;
  readonly engine?: string;
}

const PUBLISHED_AT = '2026-09-01T09:00:00.000Z';

function referenceTo({
  nativeId,
  creatorId = 'ana',
  platform = 'mock',
  publishedAt = PUBLISHED_AT,
}: StoredPost) {
  const place = { platform, instance: 'test', nativeId };
  const reference: PostReference = {
    ...place,
    id: postId({ ...place, revision: 1, op: 'create' }),
    threadId: postThreadId(place),
    revision: 1,
    op: 'create',
    creatorId,
    authorHandle: creatorId,
    canonicalUrl: null,
    publishedAt,
    observedAt: publishedAt,
  };
  return reference;
}

/** A caption as the text lane keeps it. */
export function textFingerprint(post: StoredPost & { text: string }): OutgoingRecord {
  return recordOf(post, { lane: 'text', text: post.text }, post.engine ?? TEXT_ENGINE);
}

/** Pictures as the image lane keeps them. */
export function imageFingerprint(post: StoredPost & { images: ImageFingerprint[] }): OutgoingRecord {
  return recordOf(post, { lane: 'image', images: post.images }, post.engine ?? IMAGE_ENGINE);
}

function recordOf(
  post: StoredPost,
  content: { lane: 'text'; text: string } | { lane: 'image'; images: ImageFingerprint[] },
  engine: string,
): OutgoingRecord {
  const reference = referenceTo(post);
  const id = fingerprintId(reference.id, content.lane);
  const fingerprint: Fingerprint = {
    schemaVersion: 1,
    id,
    post: reference,
    engine,
    fingerprintedAt: reference.publishedAt,
    ...content,
  };
  return encodeEvent(EVENTS.fingerprint, fingerprint, {
    id,
    key: reference.creatorId,
    source: '/leakwatch/test',
    time: new Date(reference.publishedAt),
  });
}
