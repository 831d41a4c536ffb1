import { EVENTS, PostSchema, postId, sha256Hex, type Post } from '@leakwatch/contracts';
import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';

export interface PostInput {
  readonly nativeId: string;
  readonly creatorId: string;
  readonly publishedAt: string;
  readonly revision?: number;
  readonly op?: Post['op'];
  readonly text?: string;
}

/** A post as ingest would publish it, observed a second after it was published. */
export function post({
  nativeId,
  creatorId,
  publishedAt,
  revision = 1,
  op = 'create',
  text = '',
}: PostInput): Post {
  const at = { platform: 'instagram', instance: 'instagram.com', nativeId };
  return PostSchema.parse({
    ...at,
    schemaVersion: 1,
    id: postId({ ...at, revision, op }),
    revision,
    op,
    type: 'post',
    creatorId,
    author: { nativeId: `account-of-${creatorId}`, handle: creatorId, displayName: null, url: null },
    canonicalUrl: null,
    inReplyTo: null,
    repostOf: null,
    text,
    contentRaw: null,
    lang: null,
    links: [],
    tags: [],
    media: [],
    publishedAt,
    editedAt: op === 'update' ? publishedAt : null,
    deletedAt: op === 'delete' ? publishedAt : null,
    observedAt: new Date(Date.parse(publishedAt) + 1000).toISOString(),
    provenance: {
      connector: 'test',
      transport: 'test',
      cursor: null,
      rawSha256: sha256Hex(nativeId),
      signature: null,
    },
  });
}

export function postRecord(one: Post): OutgoingRecord {
  return encodeEvent(EVENTS.post, one, {
    id: one.id,
    key: one.creatorId,
    source: '/test',
    time: new Date(one.publishedAt),
  });
}
