import { z } from 'zod';
import { NameIdSchema } from './common.ts';

/** Class of sender: another creator or an agency, the public, the brand itself, one of its analysts. */
export const SenderClassSchema = z.enum(['peer', 'community', 'brand', 'analyst']);
export type SenderClass = z.infer<typeof SenderClassSchema>;

/** A tip's state; docs/use/tips.md draws it. */
export const TipStateSchema = z.enum(['waiting', 'queued', 'attached', 'reviewed', 'dismissed']);
export type TipState = z.infer<typeof TipStateSchema>;

/** No database text holds a NUL. */
const WITHOUT_NUL = /^[^\0]*$/;
const TextSchema = z.string().regex(WITHOUT_NUL, 'must not hold the character U+0000').trim();
const LinkSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .regex(WITHOUT_NUL, 'must not hold the character U+0000')
  .max(2000);

/** The body of `POST /v1/tips`: a post, by addresses or by its platform's id, and a description. */
export const TipRequestSchema = z
  .strictObject({
    links: z.array(LinkSchema).max(5).default([]),
    post: z
      .strictObject({
        platform: NameIdSchema,
        /** Server, on a platform with many. */
        instance: NameIdSchema.optional(),
        id: NameIdSchema,
      })
      .optional(),
    campaignId: NameIdSchema.optional(),
    seen: TextSchema.max(2000).default(''),
    /** How to reach the sender; it is erased after a time. */
    contact: TextSchema.min(1).max(200).optional(),
  })
  .refine(({ links, post }) => links.length > 0 || post !== undefined, {
    path: ['links'],
    error: 'must name a post: by an address here, or by `post` with `platform` and `id`',
  });
export type TipRequest = z.infer<typeof TipRequestSchema>;
