import { type Alert } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { alertAsJson, parseAlerts } from './alert-row.ts';

/** Alerts by id with all their occurrences, in the order of the ids. */
export async function loadAlerts(db: Queryable, ids: readonly string[]): Promise<Alert[]> {
  const answer = await db.query(
    `SELECT ${alertAsJson('NULL')} FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, place)
     JOIN alert a ON a.id = wanted.id ORDER BY wanted.place`,
    [ids],
  );
  return parseAlerts(answer);
}
