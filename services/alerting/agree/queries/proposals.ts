import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

/** The texts that two people change. */
export type ProposalKind = 'rules' | 'routes';

/** A change that waits for another person. */
const ProposalSchema = z.object({
  id: z.string(),
  text: z.string(),
  hash: z.string(),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.date(),
});
export type Proposal = Readonly<z.infer<typeof ProposalSchema>>;

const COLUMNS = `id::text AS id, text, hash, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt"`;

/** The text that two people agreed on last; null if there is none. */
export async function loadAgreed(db: Queryable, kind: ProposalKind): Promise<string | null> {
  const answer = await db.query(
    `SELECT text FROM proposal WHERE kind = $1 AND decision = 'approved' ORDER BY id DESC LIMIT 1`,
    [kind],
  );
  return parseRows(answer, z.object({ text: z.string() }))[0]?.text ?? null;
}

export async function loadOpenProposal(db: Queryable, kind: ProposalKind): Promise<Proposal | null> {
  const answer = await db.query(`SELECT ${COLUMNS} FROM proposal WHERE kind = $1 AND decision IS NULL`, [
    kind,
  ]);
  return parseRows(answer, ProposalSchema)[0] ?? null;
}

/** Gives the proposal; null if another of its kind waits already. */
export async function addProposal(
  tx: Queryable,
  kind: ProposalKind,
  { text, hash, reason, proposedBy, proposedAt }: Omit<Proposal, 'id'>,
): Promise<Proposal | null> {
  const answer = await tx.query(
    `INSERT INTO proposal (kind, text, hash, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (kind) WHERE decision IS NULL DO NOTHING RETURNING ${COLUMNS}`,
    [kind, text, hash, reason, proposedBy, proposedAt],
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
    `UPDATE proposal SET decision = $2, decided_by = $3, decided_at = $4, note = $5 WHERE id = $1::bigint AND decision IS NULL`,
    [id, decision, by, at, note],
  );
  return rowCount === 1;
}
