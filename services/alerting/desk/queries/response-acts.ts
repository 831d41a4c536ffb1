import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

const made = { by: z.string(), at: z.date() };
const ActSchema = z.discriminatedUnion('act', [
  z.object({ ...made, act: z.literal(['checked', 'unchecked']), item: z.string() }),
  z.object({
    ...made,
    act: z.literal('sent'),
    via: z.string().nullable(),
    note: z.string().nullable(),
    /** SHA-256 of the message as sent, in UTF-8. */
    textSha256: z.string(),
  }),
  z.object({ ...made, act: z.literal(['corrected', 'stands-again']) }),
]);
/** One act in response to an alert, by a person or by the creator. */
export type ResponseAct = Readonly<z.infer<typeof ActSchema>>;
/** An act of a person; those of creators come from `settleCorrection`. */
export type AnalystAct = Extract<ResponseAct, { act: 'checked' | 'unchecked' | 'sent' }>;

export async function addResponseAct(tx: Queryable, alertId: string, one: AnalystAct): Promise<void> {
  const isSent = one.act === 'sent';
  await tx.query(
    `INSERT INTO response_act (alert_id, act, item, via, note, text_sha256, made_by, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      alertId,
      one.act,
      isSent ? null : one.item,
      isSent ? one.via : null,
      isSent ? one.note : null,
      isSent ? one.textSha256 : null,
      one.by,
      one.at,
    ],
  );
}

/** All acts in response to an alert, in order. */
export async function listResponseActs(db: Queryable, alertId: string): Promise<ResponseAct[]> {
  const answer = await db.query(
    `SELECT act, item, via, note, text_sha256 AS "textSha256", made_by AS by, made_at AS at
     FROM response_act WHERE alert_id = $1 ORDER BY id`,
    [alertId],
  );
  return parseRows(answer, ActSchema);
}
