import { type Alert } from '@leakwatch/contracts';
import { type Queryable } from '../queryable.ts';
import { alertAsJson, parseAlerts } from './alert-row.ts';

/** @param occurrences - how many of its occurrences at most, the newest; all without it */
export async function loadAlert(
  db: Queryable,
  alertId: string,
  occurrences: number | null = null,
): Promise<Alert | null> {
  const answer = await db.query({
    name: 'load-alert',
    text: `SELECT ${alertAsJson('$2::integer')} FROM alert a WHERE a.id = $1`,
    values: [alertId, occurrences],
  });
  return parseAlerts(answer)[0] ?? null;
}
