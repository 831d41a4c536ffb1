import { z } from 'zod';
import { RecentPostSchema } from '../polling/recent-posts.ts';

/** The memory of an account between its polls. */
export const MemorySchema = z.object({
  /** The account's id on its instance: the handle may be given to another. */
  id: z.string(),
  recent: z.array(RecentPostSchema),
});
export type Memory = z.infer<typeof MemorySchema>;
