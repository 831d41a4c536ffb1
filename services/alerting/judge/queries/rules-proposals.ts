import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** A change of the rules that waits for another person. */
const ProposalSchema = z.object({
  id: z.string(),
  text: z.string(),
  hash: z.string(),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.date(),
});
export type RulesProposal = Readonly<z.infer<typeof ProposalSchema>>;

const COLUMNS = `id::text AS id, text, hash, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt"`;

/** The rules that two people agreed on last; null if there are none. */
export async function loadAgreedRules(db: Queryable): Promise<string | null> {
  const answer = await db.query(
    `SELECT text FROM rules_proposal WHERE decision = 'approved' ORDER BY id DESC LIMIT 1`,
  );
  return parseRows(answer, z.object({ text: z.string() }))[0]?.text ?? null;
}

export async function loadOpenProposal(db: Queryable): Promise<RulesProposal | null> {
  const answer = await db.query(`SELECT ${COLUMNS} FROM rules_proposal WHERE decision IS NULL`);
  return parseRows(answer, ProposalSchema)[0] ?? null;
}

/** Gives the proposal; null if another waits already. */
export async function addProposal(
  tx: Queryable,
  { text, hash, reason, proposedBy, proposedAt }: Omit<RulesProposal, 'id'>,
): Promise<RulesProposal | null> {
  const answer = await tx.query(
    `INSERT INTO rules_proposal (text, hash, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ((decision IS NULL)) WHERE decision IS NULL DO NOTHING RETURNING ${COLUMNS}`,
    [text, hash, reason, proposedBy, proposedAt],
  );
  return parseRows(answer, ProposalSchema)[0] ?? null;
}

export interface ProposalDecision {
  readonly id: string;
  readonly decision: 'approved' | 'refused' | 'withdrawn';
  readonly by: string;
  readonly note: string;
  readonly at: Date;
}

/** Decides an open proposal; false if it is decided already. */
export async function saveProposalDecision(
  tx: Queryable,
  { id, decision, by, note, at }: ProposalDecision,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE rules_proposal SET decision = $2, decided_by = $3, decided_at = $4, note = $5 WHERE id = $1::bigint AND decision IS NULL`,
    [id, decision, by, at, note],
  );
  return rowCount === 1;
}
