import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** Those of these detections that are in an alert, by id. */
export async function findOccurrences(
  tx: Queryable,
  detectionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const answer = await tx.query(
    'SELECT detection_id AS "detectionId" FROM alert_occurrence WHERE detection_id = ANY ($1::text[])',
    [detectionIds],
  );
  return new Set(
    parseRows(answer, z.object({ detectionId: z.string() })).map(({ detectionId }) => detectionId),
  );
}
