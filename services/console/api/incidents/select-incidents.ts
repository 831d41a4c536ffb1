import { statesBefore } from '@leakwatch/alerting/incidents';
import { AlertStateSchema, SeveritySchema } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { sees, type Viewer } from '../access/viewer.ts';
import { type Move, type Selection } from '../schemas/index.ts';
import { conditionOf } from './queries/queue-filter.ts';

const RowSchema = z.object({
  id: z.string(),
  version: z.string(),
  state: AlertStateSchema,
  severity: SeveritySchema,
  campaignId: z.string(),
  assignee: z.string().nullable(),
});

/** One incident of a selection. */
export interface Selected extends z.infer<typeof RowSchema> {
  /** Whether its state allows the move, and the person who is to get it may see it. */
  readonly isAllowed: boolean;
}

interface SelectOptions {
  readonly at: Date;
  readonly me: string;
  readonly move: Move;
  /** The account that the move gives the incidents to, if it is known. */
  readonly assignee?: Pick<Viewer, 'campaigns'> | null;
}

/** A selection that holds more is cut: the preview says so by its count. */
const MOST_SELECTED = 5000;

/** The incidents that a person has chosen, by id or by a filter. */
export async function selectIncidents(
  db: Queryable,
  select: Selection,
  { at, me, move, assignee = null }: SelectOptions,
): Promise<Selected[]> {
  const { sql, values } =
    'ids' in select
      ? { sql: 'a.id = ANY ($1::text[])', values: [select.ids] }
      : await conditionOf(db, select.filter, { at, me });
  const answer = await db.query(
    `SELECT a.id, a.state, a.severity, a.campaign_id AS "campaignId", a.assignee,
       (SELECT t.id::text FROM alert_transition t WHERE t.alert_id = a.id ORDER BY t.id DESC LIMIT 1) AS version
     FROM alert a WHERE ${sql} ORDER BY a.creator_id, a.id LIMIT ${MOST_SELECTED}`,
    values,
  );
  return parseRows(answer, RowSchema).map((row) => ({
    ...row,
    isAllowed: isAllowed(row, move) && (assignee === null || sees(assignee, row.campaignId)),
  }));
}

function isAllowed({ state, assignee }: z.infer<typeof RowSchema>, move: Move): boolean {
  if (move.change === 'work') return statesBefore('investigating').includes(state);
  if (move.change === 'assigned' && move.to === assignee) return false;
  return statesBefore(move.change).includes(state);
}
