import { z } from 'zod';

/** A status as Mastodon's API and its like document it. Only what becomes part of a post is read. */
const AttachmentSchema = z.object({
  type: z.string().optional(),
  url: z.string().nullish(),
  remote_url: z.string().nullish(),
  preview_url: z.string().nullish(),
  description: z.string().nullish(),
});
export type Attachment = z.infer<typeof AttachmentSchema>;

const CardSchema = z.object({
  url: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  image: z.string().nullish(),
});

export const AccountAnswerSchema = z.object({
  id: z.string().min(1),
  acct: z.string(),
  display_name: z.string().nullish(),
  url: z.string().nullish(),
});

const StatusCoreSchema = z.object({
  id: z.string().min(1),
  uri: z.string().nullish(),
  url: z.string().nullish(),
  created_at: z.string(),
  edited_at: z.string().nullish(),
  content: z.string().nullish(),
  spoiler_text: z.string().nullish(),
  language: z.string().nullish(),
  in_reply_to_id: z.string().nullish(),
  media_attachments: z.array(AttachmentSchema).nullish(),
  poll: z.object({ options: z.array(z.object({ title: z.string() })) }).nullish(),
  card: CardSchema.nullish(),
  tags: z.array(z.object({ name: z.string() })).nullish(),
  account: AccountAnswerSchema,
});
export type StatusCore = z.infer<typeof StatusCoreSchema>;

/** A quote is wrapped (Mastodon), or the status itself (others). */
const QuoteSchema = z.object({ quoted_status: StatusCoreSchema.nullish() }).nullish().catch(null);

const StatusSchema = StatusCoreSchema.extend({
  reblog: StatusCoreSchema.nullish(),
  quote: z.union([StatusCoreSchema.transform((quoted_status) => ({ quoted_status })), QuoteSchema]),
});
export type Status = z.infer<typeof StatusSchema>;

export const StatusesSchema = z.array(StatusSchema);
