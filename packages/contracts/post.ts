import { z } from 'zod';
import { InstantSchema, NameIdSchema } from './common.ts';
import { HashIdSchema, hashId } from './ids.ts';
import { writtenParts } from './text-field.ts';

/** Bytes of a medium that ingest has already stored: the blob's key, size and type. */
export const MediaClaimSchema = z.strictObject({
  /** `blob:<sha256>` in leakwatch's own blob store. */
  uri: z.string(),
  sha256: HashIdSchema,
  bytes: z.int().min(0),
  mime: z.string(),
  fetchedAt: InstantSchema,
});
export type MediaClaim = z.infer<typeof MediaClaimSchema>;

export const MediaSchema = z.strictObject({
  index: z.int().min(0),
  kind: z.enum(['image', 'video', 'audio', 'other']),
  /** The address that the source gives; null if it handed over bytes only. */
  sourceUrl: z.string().nullable(),
  declaredMime: z.string().nullable(),
  altText: z.string().nullable(),
  /** The file's own name, if the source handed over a file. */
  fileName: z.string().optional(),
  widthPx: z.int().positive().nullable(),
  heightPx: z.int().positive().nullable(),
  durationMs: z.int().min(0).nullable(),
  /** Why the bytes could not be fetched, if they could not. */
  fetchError: z.string().nullable(),
  claim: MediaClaimSchema.nullable(),
});
export type Media = z.infer<typeof MediaSchema>;

export const AuthorSchema = z.strictObject({
  nativeId: NameIdSchema,
  handle: z.string(),
  displayName: z.string().nullable(),
  url: z.string().nullable(),
});
export type Author = z.infer<typeof AuthorSchema>;

export const PostOpSchema = z.enum(['create', 'update', 'delete']);
export type PostOp = z.infer<typeof PostOpSchema>;

/**
 * The canonical post: one revision of a creator's publication on any platform. An edit is a new revision with `op: update`,
 * a deletion a tombstone with `op: delete`; neither erases earlier ones.
 */
export const PostSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** {@link postId} of platform, instance, native id and revision. */
  id: HashIdSchema,
  platform: NameIdSchema,
  instance: NameIdSchema,
  nativeId: NameIdSchema,
  /** Grows with every edit; 1 for a post as first published. */
  revision: z.int().min(1),
  op: PostOpSchema,
  type: z.enum(['post', 'story', 'video', 'comment']),
  /** The creator in the watch list if the account is registered, else {@link unregisteredCreatorId}. */
  creatorId: NameIdSchema,
  author: AuthorSchema,
  canonicalUrl: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  repostOf: z.string().nullable(),
  text: z.string(),
  /** The text as the source gave it, if that differs (HTML, for one). */
  contentRaw: z.string().nullable(),
  ...writtenParts,
  lang: z.string().nullable(),
  links: z.array(z.string()),
  tags: z.array(z.string()),
  media: z.array(MediaSchema),
  publishedAt: InstantSchema,
  editedAt: InstantSchema.nullable(),
  deletedAt: InstantSchema.nullable(),
  /** Arrival time at leakwatch. */
  observedAt: InstantSchema,
  provenance: z.strictObject({
    connector: z.string(),
    transport: z.string(),
    /** Its place in the source: `posts.jsonl:17`, a cursor, a delivery id. */
    cursor: z.string().nullable(),
    rawSha256: HashIdSchema,
    signature: z.string().nullable(),
  }),
});
export type Post = z.infer<typeof PostSchema>;

/** Identity of one revision; all deletions of a post are one tombstone. */
export function postId(post: {
  platform: string;
  instance: string;
  nativeId: string;
  revision: number;
  op: PostOp;
}): string {
  const revision = post.op === 'delete' ? 'tombstone' : post.revision;
  return hashId(post.platform, post.instance, post.nativeId, revision);
}

/** Identity of a post across its revisions. */
export function postThreadId(post: { platform: string; instance: string; nativeId: string }): string {
  return hashId(post.platform, post.instance, post.nativeId);
}

/** The creator id of an account that no brand has registered; a hash if it would be too long for an id. */
export function unregisteredCreatorId(platform: string, instance: string, authorNativeId: string): string {
  const id = `unregistered:${platform}/${instance}/${authorNativeId}`;
  return NameIdSchema.safeParse(id).success
    ? id
    : `unregistered:${hashId(platform, instance, authorNativeId)}`;
}

/** The facts about a post that later stages need, without its content. */
export const PostReferenceSchema = z.strictObject({
  id: HashIdSchema,
  threadId: HashIdSchema,
  platform: NameIdSchema,
  instance: NameIdSchema,
  nativeId: NameIdSchema,
  revision: z.int().min(1),
  op: PostOpSchema,
  creatorId: NameIdSchema,
  authorHandle: z.string(),
  canonicalUrl: z.string().nullable(),
  publishedAt: InstantSchema,
  observedAt: InstantSchema,
});
export type PostReference = z.infer<typeof PostReferenceSchema>;

export function referenceOf(post: Post): PostReference {
  return {
    id: post.id,
    threadId: postThreadId(post),
    platform: post.platform,
    instance: post.instance,
    nativeId: post.nativeId,
    revision: post.revision,
    op: post.op,
    creatorId: post.creatorId,
    authorHandle: post.author.handle,
    canonicalUrl: post.canonicalUrl,
    publishedAt: post.publishedAt,
    observedAt: post.observedAt,
  };
}
