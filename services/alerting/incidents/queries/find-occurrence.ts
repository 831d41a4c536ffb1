import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The id of the alert that has a detection; null if none has it. */
export async function findOccurrence(tx: Queryable, detectionId: string): Promise<string | null> {
  const answer = await tx.query(
    'SELECT alert_id AS "alertId" FROM alert_occurrence WHERE detection_id = $1',
    [detectionId],
  );
  return parseRows(answer, z.object({ alertId: z.string() }))[0]?.alertId ?? null;
}
