import { type Alert } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { alertAsJson, parseAlerts } from './alert-row.ts';

/** Loads an alert with all of its occurrences. */
export async function loadAlert(db: Queryable, alertId: string): Promise<Alert | null> {
  const answer = await db.query({
    name: 'load-alert',
    text: `SELECT ${alertAsJson('NULL')} FROM alert a WHERE a.id = $1`,
    values: [alertId],
  });
  return parseAlerts(answer)[0] ?? null;
}
