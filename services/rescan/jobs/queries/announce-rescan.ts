import { type Queryable } from '@leakwatch/store';

/** Told when a job or a pass has changed. */
export const RESCAN_CHANNEL = 'leakwatch_rescan';

/** Workers look at what is to be done once the transaction is committed. */
export async function announceRescan(db: Queryable): Promise<void> {
  await db.query("SELECT pg_notify($1, '')", [RESCAN_CHANNEL]);
}
