import { parseRows, type Queryable } from '@leakwatch/store';
import { SILENCE_COLUMNS, SilenceSchema, type Silence } from './silence-row.ts';

/**
 * Lists silences, the latest to end first.
 *
 * @param endsAfter - leaves out those that had ended by then
 */
export async function listSilences(db: Queryable, endsAfter: Date | null = null): Promise<Silence[]> {
  const answer = await db.query(
    `SELECT ${SILENCE_COLUMNS} FROM silence WHERE $1::timestamptz IS NULL OR ends_at > $1 ORDER BY ends_at DESC, id`,
    [endsAfter],
  );
  return parseRows(answer, SilenceSchema);
}
