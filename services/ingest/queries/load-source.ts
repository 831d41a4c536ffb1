import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { type RegisteredSource } from './register-source.ts';

const RowSchema = z.object({
  name: z.string(),
  transport: z.string(),
  platform: z.string(),
  instance: z.string(),
});

/** Loads a source as of its last posts; null if no source has this name. */
export async function loadSource(db: Queryable, name: string): Promise<RegisteredSource | null> {
  const answer = await db.query(
    'SELECT name, transport, platform, instance FROM ingest_source WHERE name = $1',
    [name],
  );
  return parseRows(answer, RowSchema)[0] ?? null;
}
