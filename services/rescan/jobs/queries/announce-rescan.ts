import { type Queryable } from '@leakwatch/store';

/** Notified when a job or a pass has changed. */
export const RESCAN_CHANNEL = 'leakwatch_rescan';

/** Wakes the workers once the transaction commits. */
export async function announceRescan(db: Queryable): Promise<void> {
  await db.query("SELECT pg_notify($1, '')", [RESCAN_CHANNEL]);
}
