import { EVENTS, PostSchema, type EventType } from '@leakwatch/contracts';
import { z } from 'zod';

/** The parts of a post that hearing needs of each. Only a drawn post is checked as a whole. */
const HeardPartsSchema = z.object(
  PostSchema.pick({
    platform: true,
    instance: true,
    nativeId: true,
    op: true,
    creatorId: true,
    author: true,
    publishedAt: true,
    observedAt: true,
  }).shape,
);
export type HeardParts = z.infer<typeof HeardPartsSchema>;

export const HEARD_POST: EventType<HeardParts> = { ...EVENTS.post, schema: HeardPartsSchema };
