import { z } from 'zod';

/**
 * The texts of a post. `caption` is the post's own text, `quoted` a text that it quotes. `handle`, `display-name`, `address` (the post's
 * own), `link` (an address that it links to), `file-name` and `place` surround it. The creator wrote all others.
 */
export const TEXT_FIELD_KINDS = [
  'caption',
  'title',
  'alt-text',
  'content-warning',
  'poll-option',
  'hashtag',
  'link-title',
  'link-description',
  'quoted',
  'display-name',
  'handle',
  'address',
  'link',
  'file-name',
  'place',
] as const;
export const TextFieldKindSchema = z.enum(TEXT_FIELD_KINDS);
export type TextFieldKind = z.infer<typeof TextFieldKindSchema>;

/** One text of a post. A kind may occur several times: a poll has a field for each option. */
export const TextFieldSchema = z.strictObject({ kind: TextFieldKindSchema, text: z.string() });
export type TextField = Readonly<z.infer<typeof TextFieldSchema>>;

const SHORT_TEXT = 2000;
const MOST_OPTIONS = 20;

/** The texts that a post may have beside its own; absent if the platform has no such thing. */
export const writtenParts = {
  /** The title of a video, an article or a story. */
  title: z.string().max(SHORT_TEXT).optional(),
  contentWarning: z.string().max(SHORT_TEXT).optional(),
  poll: z.object({ options: z.array(z.string().max(SHORT_TEXT)).max(MOST_OPTIONS) }).optional(),
  /** The preview of a linked page. */
  linkCard: z
    .object({
      url: z.string().max(SHORT_TEXT).optional(),
      title: z.string().max(SHORT_TEXT).optional(),
      description: z.string().max(SHORT_TEXT).optional(),
    })
    .optional(),
  /** The post that this one quotes, as far as the platform shows it. */
  quoteOf: z
    .object({ url: z.string().max(SHORT_TEXT).optional(), text: z.string().max(100_000).optional() })
    .optional(),
  /** The name of the place that the post is tagged with. */
  place: z.string().max(SHORT_TEXT).optional(),
};
