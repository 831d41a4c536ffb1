import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const FoundSchema = z.object({
  position: z.string(),
  alertId: z.string(),
  detection: z.object({ excerpt: z.string().nullable() }),
});

const FINDINGS_AT_ONCE = 1000;
/** The newest findings that a search looks through where captions are encrypted; it takes about a second then. */
const MOST_FINDINGS_SEARCHED = 10_000;

/**
 * Looks for words in captions that the database does not see. An index of encrypted words would give away by their frequencies
 * which they are, so captions are opened here, the newest first (docs/decisions/0008-encryption-at-rest.md).
 *
 * @returns the alerts by word; empty where nothing is sealed
 */
export async function searchSealed(
  db: Queryable,
  words: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map(words.map((word) => [word, new Set<string>()]));
  const sought = [...found.keys()].map((word) => [word, word.toLowerCase()] as const);
  let before: string | null = null;
  for (let seen = 0; words.length > 0 && seen < MOST_FINDINGS_SEARCHED; seen += FINDINGS_AT_ONCE) {
    const rows: z.infer<typeof FoundSchema>[] = await listSealed(db, before);
    for (const { alertId, detection } of rows) {
      const caption = detection.excerpt?.toLowerCase() ?? '';
      for (const [word, lower] of sought) if (caption.includes(lower)) found.get(word)?.add(alertId);
    }
    before = rows.at(-1)?.position ?? null;
    if (rows.length < FINDINGS_AT_ONCE) break;
  }
  return new Map([...found].map(([word, alerts]) => [word, [...alerts]]));
}

async function listSealed(db: Queryable, before: string | null): Promise<z.infer<typeof FoundSchema>[]> {
  const answer = await db.query(
    `SELECT o.position::text AS position, o.alert_id AS "alertId", o.detection FROM alert_occurrence o
     WHERE detection_is_sealed(o.detection) AND ($1::bigint IS NULL OR o.position < $1)
     ORDER BY o.position DESC LIMIT ${FINDINGS_AT_ONCE}`,
    [before],
  );
  return parseRows(answer, FoundSchema);
}
