import { z } from 'zod';

/** A reviewer's verdict on a drawn post. */
export const ReviewVerdictSchema = z.enum(['leak', 'innocent']);
export type ReviewVerdict = z.infer<typeof ReviewVerdictSchema>;

/**
 * The draw that took a post: the same small share of every creator's posts, a random share or every n-th post of creators
 * at risk, or every post while a campaign asks for it.
 */
export const SamplingStratumSchema = z.enum(['uniform', 'random', 'systematic', 'window']);
export type SamplingStratum = z.infer<typeof SamplingStratumSchema>;
