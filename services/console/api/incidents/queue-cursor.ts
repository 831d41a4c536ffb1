import { z } from 'zod';
import { IdSchema } from '../schemas/index.ts';

/** An instant as Postgres writes it: a cursor that somebody made up must not fail in the database. */
const WRITTEN = /^[1-9]\d{3}-\d\d-\d\d ([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/;
const WrittenInstantSchema = z
  .string()
  .regex(WRITTEN)
  .refine((text) => z.iso.date().safeParse(text.slice(0, 'YYYY-MM-DD'.length)).success);

const DeadlineSchema = z.union([z.literal('infinity'), WrittenInstantSchema]);
const KEYS = {
  'time-left': DeadlineSchema,
  newest: DeadlineSchema,
  priority: z.string().regex(/^-?\d{1,9}$/),
} as const;

/** The place of the last row of a page: its key, its opening, its id, as Postgres writes them. */
export type QueueCursor = readonly [key: string, opened: string, id: string];

/** Null for a text that no page of that order gave. */
export function readCursor(text: string, order: keyof typeof KEYS): QueueCursor | null {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return z.tuple([KEYS[order], WrittenInstantSchema, IdSchema]).parse(place);
  } catch {
    return null;
  }
}

export function writeCursor(place: QueueCursor): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}
