import { type Queryable } from '@leakwatch/store';

/** Saves the place to continue from, once everything before it is durable. */
export async function saveSourceCheckpoint(tx: Queryable, name: string, checkpoint: string): Promise<void> {
  await tx.query('UPDATE ingest_source SET checkpoint = $2, updated_at = now() WHERE name = $1', [
    name,
    checkpoint,
  ]);
}
