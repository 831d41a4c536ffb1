import { z } from 'zod';

/** Messages of Discord's API v10, as far as they are read. Source: its reference for the message object. */
const EmbedSchema = z.object({
  url: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  image: z.object({ url: z.string() }).nullish(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});

const AttachmentSchema = z.object({
  url: z.string(),
  content_type: z.string().nullish(),
  description: z.string().nullish(),
});

const contentParts = {
  content: z.string().nullish(),
  embeds: z.array(EmbedSchema).nullish(),
  attachments: z.array(AttachmentSchema).nullish(),
};
const ContentSchema = z.object(contentParts);
export type MessageContent = z.infer<typeof ContentSchema>;

const MessageSchema = z.object({
  ...contentParts,
  id: z.string(),
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
  author: z.object({ username: z.string(), global_name: z.string().nullish() }),
  poll: z
    .object({
      question: z.object({ text: z.string().nullish() }),
      answers: z.array(z.object({ poll_media: z.object({ text: z.string().nullish() }) })),
    })
    .nullish(),
  /** A forwarded message, as it was when it was forwarded. */
  message_snapshots: z.array(z.object({ message: ContentSchema })).nullish(),
  /** The message that this one replies to. */
  referenced_message: ContentSchema.nullish(),
});
export type Message = z.infer<typeof MessageSchema>;

export const MessagesSchema = z.array(MessageSchema);
export const ChannelSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  guild_id: z.string().nullish(),
});
