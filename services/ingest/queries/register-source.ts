import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

export interface RegisteredSource {
  readonly name: string;
  readonly transport: string;
  readonly platform: string;
  readonly instance: string;
}

const RowSchema = z.object({ checkpoint: z.string().nullable() });

/** Registers a source of posts; returns the place to continue from, null at first. */
export async function registerSource(db: Queryable, source: RegisteredSource): Promise<string | null> {
  const answer = await db.query(
    `INSERT INTO ingest_source (name, transport, platform, instance) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET transport = excluded.transport, platform = excluded.platform,
       instance = excluded.instance, updated_at = now()
     RETURNING checkpoint`,
    [source.name, source.transport, source.platform, source.instance],
  );
  return parseRows(answer, RowSchema)[0]?.checkpoint ?? null;
}
