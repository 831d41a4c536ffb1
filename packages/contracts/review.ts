import { z } from 'zod';

/** What a reviewer found in a post that was drawn. */
export const ReviewVerdictSchema = z.enum(['leak', 'innocent']);
export type ReviewVerdict = z.infer<typeof ReviewVerdictSchema>;

/**
 * Which draw took a post: the same small share of every creator's posts, a share at random or every so many posts of
 * creators at risk, or every post while a campaign asks for it.
 */
export const SamplingStratumSchema = z.enum(['uniform', 'random', 'systematic', 'window']);
export type SamplingStratum = z.infer<typeof SamplingStratumSchema>;
