import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { AlertLifeSchema, type AlertLife } from '../../incidents/queries/alert-life-row.ts';

export interface NewUndo {
  readonly id: string;
  readonly alertId: string;
  readonly by: string;
  readonly until: Date;
  readonly moveId: string;
  readonly verdictId: string | null;
  /** As it was before the move. */
  readonly life: AlertLife;
}

/** @param tx the transaction of the move */
export async function saveUndo(tx: Queryable, undo: NewUndo): Promise<void> {
  await tx.query(
    `INSERT INTO alert_undo (id, alert_id, made_by, transition_id, verdict_id, life, until)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      undo.id,
      undo.alertId,
      undo.by,
      undo.moveId,
      undo.verdictId,
      JSON.stringify(AlertLifeSchema.parse(undo.life)),
      undo.until,
    ],
  );
}

/** Instants are text in JSON. */
const revived = z.preprocess(
  (life) =>
    z
      .record(z.string(), z.unknown())
      .transform((fields) =>
        Object.fromEntries(
          Object.entries(fields).map(([name, value]) =>
            name.endsWith('At') || name === 'snoozedUntil'
              ? [name, typeof value === 'string' ? new Date(value) : value]
              : [name, value],
          ),
        ),
      )
      .parse(life),
  AlertLifeSchema,
);

const RowSchema = z.object({
  alertId: z.string(),
  creatorId: z.string(),
  by: z.string(),
  moveId: z.string(),
  verdictId: z.string().nullable(),
  life: revived,
  until: z.date(),
});
export type UndoRow = Readonly<z.infer<typeof RowSchema>>;

/** The moves under one id, in the order of their creators, in which they are locked. */
export async function listUndo(db: Queryable, id: string): Promise<UndoRow[]> {
  const answer = await db.query(
    `SELECT u.alert_id AS "alertId", a.creator_id AS "creatorId", u.made_by AS by, u.transition_id AS "moveId",
       u.verdict_id AS "verdictId", u.life, u.until
     FROM alert_undo u JOIN alert a ON a.id = u.alert_id WHERE u.id = $1 ORDER BY a.creator_id, a.id`,
    [id],
  );
  return parseRows(answer, RowSchema);
}

/** Deletes the rows of an id, and all whose time was over a minute ago. */
export async function deleteUndo(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query(`DELETE FROM alert_undo WHERE id = $1 OR until < $2`, [id, new Date(at.getTime() - 60_000)]);
}

export async function withdrawVerdict(tx: Queryable, verdictId: string, at: Date): Promise<void> {
  await tx.query('UPDATE alert_verdict SET withdrawn_at = $2 WHERE id = $1', [verdictId, at]);
}
