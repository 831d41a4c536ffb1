import { hashId, postId, type Media, type Post } from '@leakwatch/contracts';

/** A post of the creator at the instant, with a picture at each address. */
export function postWithPictures(
  { nativeId, creatorId, at }: { readonly nativeId: string; readonly creatorId: string; readonly at: string },
  addresses: readonly string[],
): Post {
  const identity = { platform: 'test', instance: 'local', nativeId, revision: 1, op: 'create' as const };
  const media = addresses.map((sourceUrl, index): Media => ({
    ...{ index, kind: 'image', sourceUrl, declaredMime: null, altText: null, widthPx: null, heightPx: null },
    ...{ durationMs: null, fetchError: null, claim: null },
  }));
  return {
    ...{ schemaVersion: 1, type: 'post', creatorId, canonicalUrl: null, inReplyTo: null },
    ...{ repostOf: null, text: 'hi', contentRaw: null, lang: null, links: [], tags: [], media },
    ...{ publishedAt: at, editedAt: null, deletedAt: null, observedAt: at },
    author: { nativeId: 'a1', handle: 'ana', displayName: null, url: null },
    provenance: {
      ...{ connector: 'test', transport: 'test', cursor: null, rawSha256: hashId(nativeId), signature: null },
    },
    ...identity,
    id: postId(identity),
  };
}
