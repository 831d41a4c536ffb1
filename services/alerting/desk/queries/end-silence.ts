import { parseRows, type Queryable } from '@leakwatch/store';
import { SILENCE_COLUMNS, SilenceSchema, type Silence } from '../../judge/queries/silence-row.ts';

/** Ends a silence early, even before it begins. Null if no running or future silence has this number. */
export async function endSilence(
  db: Queryable,
  id: string,
  { by, at }: { by: string; at: Date },
): Promise<Silence | null> {
  const answer = await db.query(
    `UPDATE silence SET starts_at = least(starts_at, $2), ends_at = $2, ended_by = $3
     WHERE id = $1 AND ends_at > $2 RETURNING ${SILENCE_COLUMNS}`,
    [id, at, by],
  );
  return parseRows(answer, SilenceSchema)[0] ?? null;
}
