import { z } from 'zod';
import { NameIdSchema } from './common.ts';
import { PlatformIdSchema, PlatformInstantSchema, PlatformReferenceSchema } from './platform-value.ts';
import { writtenParts } from './text-field.ts';

/** Limits of input; anything beyond them goes to the dead letters with its reason. */
export const LIMITS = {
  /** UTF-16 units of one post's text. */
  textLength: 100_000,
  /** Bytes of one submitted post as JSON. */
  postBytes: 512 * 1024,
  mediaPerPost: 200,
  /** Bytes of one media file. */
  mediaBytes: 25 * 1024 * 1024,
} as const;

const SubmittedMediaSchema = z
  .object({
    /** A file below the media folder. */
    file: z.string().min(1).optional(),
    url: z.string().min(1).optional(),
    mime: z.string().optional(),
    alt: z.string().optional(),
  })
  .refine((media) => (media.file === undefined) !== (media.url === undefined), {
    error: 'needs exactly one of `file` and `url`',
  });
export type SubmittedMedia = z.infer<typeof SubmittedMediaSchema>;

/** True if a post without a caption and media holds something else: a poll, a quote, a post that it passes on. */
function hasParts(post: {
  title?: unknown;
  poll?: unknown;
  linkCard?: unknown;
  quoteOf?: unknown;
  repostOf?: unknown;
}): boolean {
  const { title, poll, linkCard, quoteOf, repostOf } = post;
  return [title, poll, linkCard, quoteOf, repostOf].some((part) => part !== undefined);
}

/**
 * A post as it is handed in: a line of JSON Lines, an element of a webhook's batch, a line for `scan`. Only `id` and one of
 * `text`, `media` and `repostOf` are needed (a deletion needs only `id`). Other keys are ignored.
 */
export const SubmittedPostSchema = z
  .object({
    id: PlatformIdSchema,
    platform: NameIdSchema.optional(),
    instance: NameIdSchema.optional(),
    revision: z.int().min(1).optional(),
    op: z.enum(['create', 'update', 'delete']).optional(),
    type: z.enum(['post', 'story', 'video', 'comment']).optional(),
    author: z
      .object({
        id: PlatformIdSchema,
        handle: z.string().optional(),
        displayName: z.string().optional(),
        url: z.string().optional(),
      })
      .optional(),
    url: z.string().optional(),
    inReplyTo: PlatformReferenceSchema.optional(),
    repostOf: z.string().optional(),
    text: z.string().max(LIMITS.textLength).optional(),
    ...writtenParts,
    /** Hashtags and links that the platform lists beside the text. Those in the text are found there anyway. */
    tags: z.array(z.string()).optional(),
    links: z.array(z.string()).optional(),
    lang: z.string().optional(),
    media: z.array(SubmittedMediaSchema).max(LIMITS.mediaPerPost).optional(),
    publishedAt: PlatformInstantSchema.optional(),
    editedAt: PlatformInstantSchema.optional(),
    deletedAt: PlatformInstantSchema.optional(),
  })
  .refine(
    (post) =>
      post.op === 'delete' || post.text !== undefined || (post.media?.length ?? 0) > 0 || hasParts(post),
    {
      error: 'needs `text`, `media`, `repostOf` or another text, such as `title` or `poll`',
    },
  );
export type SubmittedPost = z.infer<typeof SubmittedPostSchema>;
