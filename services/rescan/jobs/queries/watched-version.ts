import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The version of the watch list up to which changes have become jobs, locked until the transaction ends. */
export async function claimWatchedVersion(tx: Queryable): Promise<number> {
  const answer = await tx.query('SELECT version FROM rescan_watched_version FOR UPDATE');
  return parseRows(answer, z.object({ version: z.int().min(0) }))[0]?.version ?? 0;
}

export async function setWatchedVersion(tx: Queryable, version: number): Promise<void> {
  await tx.query('UPDATE rescan_watched_version SET version = $1', [version]);
}
