import { WatchListSnapshotSchema, type WatchListSnapshot } from '@leakwatch/contracts';
import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type QueryAnswer } from '../queryable.ts';

/** The content of a version of the watch list, without its number. */
export const WatchListContentSchema = WatchListSnapshotSchema.omit({
  schemaVersion: true,
  version: true,
  createdAt: true,
});
export type WatchListContent = z.infer<typeof WatchListContentSchema>;

const WatchListRowSchema = z.object({
  version: z.int(),
  content: WatchListContentSchema,
  createdAt: z.date(),
});

export const WATCH_LIST_COLUMNS = 'version, content, created_at AS "createdAt"';

/** Reads the first row of an answer with `WATCH_LIST_COLUMNS`, if there is one. */
export function firstSnapshot(answer: QueryAnswer): WatchListSnapshot | null {
  const row = parseRows(answer, WatchListRowSchema)[0];
  if (row === undefined) return null;
  return {
    schemaVersion: 1,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    ...row.content,
  };
}
