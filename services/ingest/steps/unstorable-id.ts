import { z } from 'zod';

/** The parts of a submitted post that tell it, or its author, from others. */
const IdsSchema = z.object({
  id: z.unknown().optional(),
  platform: z.unknown().optional(),
  instance: z.unknown().optional(),
  author: z.object({ id: z.unknown().optional() }).optional().catch(undefined),
});

/**
 * Finds an id with a character that can't be stored. In a text such a character is replaced; in an id that would make
 * two ids one, and the second post would count as known.
 *
 * @param raw - the post as JSON
 * @param stored - the same, as it would be stored
 * @returns the path of the id, or null
 */
export function findUnstorableId(raw: string, stored: unknown): string | null {
  // Only an escape can hold such a character.
  if (!raw.includes('\\u')) return null;
  const written = IdsSchema.safeParse(JSON.parse(raw));
  const kept = IdsSchema.safeParse(stored);
  if (!written.success || !kept.success) return null;
  for (const name of ['id', 'platform', 'instance'] as const) {
    if (written.data[name] !== kept.data[name] && typeof kept.data[name] === 'string') return name;
  }
  const author = kept.data.author?.id;
  return typeof author === 'string' && author !== written.data.author?.id ? 'author.id' : null;
}
