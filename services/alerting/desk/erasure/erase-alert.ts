import { AlertSchema, DetectionSchema } from '@leakwatch/contracts';
import { parseRows, secretDetection, secretJson, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { lockEvidenceHolds } from '../queries/evidence-hold.ts';
import { ERASED, redactAlert, redactDetection, type Redaction } from './redact.ts';

/** An alert is held if its evidence is, or that of the alert that it duplicates or that duplicates it. */
export const IS_HELD = `EXISTS (
  SELECT FROM evidence_hold h JOIN alert held ON held.id = h.alert_id
  WHERE h.released_at IS NULL AND (held.id IN (a.id, a.duplicate_of) OR held.duplicate_of = a.id)
)`;

const AlertSchemaRow = z.object({ isHeld: z.boolean(), isWhole: z.boolean() });
const OccurrenceSchema = z.object({ detection: DetectionSchema });
const EventSchema = z.object({ seq: z.string(), alert: AlertSchema });
const HashSchema = z.object({ sha256: z.string() });

export interface ErasedAlert {
  readonly occurrences: number;
  readonly evidence: number;
  readonly events: number;
}

/**
 * Takes the creator's words, pictures and addresses out of an alert, deletes its evidence, and blanks what analysts wrote
 * about it. Ids, times, rules, moves and verdicts stay. Null if it is held: then nothing changes.
 *
 * @param tx - a transaction: a hold placed meanwhile waits for its end
 */
export async function eraseAlert(
  tx: Queryable,
  alertId: string,
  redaction: Redaction,
): Promise<ErasedAlert | null> {
  await lockEvidenceHolds(tx);
  const threads = redaction.threadIds === null ? null : [...redaction.threadIds];
  const [alert] = parseRows(
    await tx.query(
      `SELECT ${IS_HELD} AS "isHeld", $2::text[] IS NULL OR NOT EXISTS (
         SELECT FROM alert_occurrence o WHERE o.alert_id = a.id AND o.thread_id <> ALL ($2)
           AND o.detection::text NOT LIKE '%"nativeId":"${ERASED}"%'
       ) AS "isWhole"
       FROM alert a WHERE id = $1 FOR UPDATE`,
      [alertId, threads],
    ),
    AlertSchemaRow,
  );
  if (alert === undefined || alert.isHeld) return null;
  await tx.query(`SELECT set_config('leakwatch.erasing', 'on', true)`);

  const found = parseRows(
    await tx.query(
      'SELECT detection FROM alert_occurrence WHERE alert_id = $1 AND ($2::text[] IS NULL OR thread_id = ANY ($2))',
      [alertId, threads],
    ),
    OccurrenceSchema,
  ).map(({ detection }) => detection);
  await saveDetections(
    tx,
    `UPDATE alert_occurrence o SET detection = new.detection, link = NULL
     FROM unnest($1::text[], $2::json[]) AS new (id, detection) WHERE o.detection_id = new.id`,
    found.map((one) => redactDetection(one, redaction)),
  );
  const evidence = await eraseEvidence(tx, found);
  const events = await redactEvents(tx, alertId, redaction);
  if (alert.isWhole) await blankNotes(tx, alertId);
  await tx.query(
    'UPDATE alert SET creator_id = coalesce($2, creator_id), erased_at = CASE WHEN $3 THEN clock_timestamp() ELSE erased_at END WHERE id = $1',
    [alertId, redaction.pseudonym, alert.isWhole],
  );
  return { occurrences: found.length, evidence, events };
}

/** @param update - takes the ids and the detections as arrays */
export async function saveDetections(
  tx: Queryable,
  update: string,
  detections: readonly z.infer<typeof DetectionSchema>[],
): Promise<void> {
  await tx.query(update, [detections.map(({ id }) => id), detections.map(secretDetection)]);
}

/** Deletes the evidence of detections, and the bytes that no other evidence names. Gives the number of evidence rows. */
export async function eraseEvidence(
  tx: Queryable,
  detections: readonly z.infer<typeof DetectionSchema>[],
): Promise<number> {
  const ids = detections.map(({ id }) => id);
  const records = parseRows(
    await tx.query(
      `SELECT record_sha256 AS sha256 FROM evidence WHERE detection_id = ANY ($1)
       UNION SELECT unnest($2::text[])`,
      [ids, detections.flatMap(({ kept }) => (kept === undefined ? [] : [kept.recordSha256]))],
    ),
    HashSchema,
  ).map(({ sha256 }) => sha256);
  const { rowCount } = await tx.query('DELETE FROM evidence WHERE detection_id = ANY ($1)', [ids]);
  const media = parseRows(
    await tx.query('SELECT DISTINCT sha256 FROM kept_media WHERE record_sha256 = ANY ($1)', [records]),
    HashSchema,
  ).map(({ sha256 }) => sha256);
  const isNamed = 'EXISTS (SELECT FROM evidence e WHERE e.record_sha256 = k.sha256)';
  await tx.query(`DELETE FROM kept_bytes k WHERE sha256 = ANY ($1) AND NOT ${isNamed}`, [records]);
  await tx.query(
    `DELETE FROM kept_bytes k WHERE sha256 = ANY ($1) AND NOT ${isNamed}
       AND NOT EXISTS (SELECT FROM kept_media m WHERE m.sha256 = k.sha256)`,
    [media],
  );
  return rowCount ?? 0;
}

/** Redacts what the outbox has of an alert, sent or not. */
async function redactEvents(tx: Queryable, alertId: string, redaction: Redaction): Promise<number> {
  const events = parseRows(
    await tx.query('SELECT seq::text AS seq, alert FROM alert_outbox WHERE alert_id = $1', [alertId]),
    EventSchema,
  );
  await tx.query(
    `UPDATE alert_outbox o SET alert = new.alert
     FROM unnest($1::bigint[], $2::json[]) AS new (seq, alert) WHERE o.seq = new.seq`,
    [events.map(({ seq }) => seq), events.map(({ alert }) => secretJson(redactAlert(alert, redaction)))],
  );
  return events.length;
}

async function blankNotes(tx: Queryable, alertId: string): Promise<void> {
  await tx.query(`UPDATE alert_verdict SET reason = 'erased' WHERE alert_id = $1`, [alertId]);
  await tx.query(
    `UPDATE alert_transition SET reason = 'erased' WHERE alert_id = $1 AND made_by <> 'leakwatch'`,
    [alertId],
  );
  await tx.query('UPDATE response_act SET note = NULL, via = NULL WHERE alert_id = $1', [alertId]);
  await tx.query('DELETE FROM alert_undo WHERE alert_id = $1', [alertId]);
}
