/**
 * Changes a text that alerting goes by without an operator's file: one person proposes, another approves. Alerting follows within
 * seconds.
 *
 *   proposed ──▶ approved by another: in force
 *      ├───────▶ refused by another
 *      └───────▶ withdrawn by whoever proposed
 */
import { type Database } from '@leakwatch/store';
import {
  addProposal,
  loadOpenProposal,
  saveProposalDecision,
  type Proposal,
  type ProposalDecision,
  type ProposalKind,
} from './queries/proposals.ts';

/** A text that two people change. */
export interface AgreedText {
  readonly kind: ProposalKind;
  /**
   * Checks a text as the start does, and gives its hash.
   *
   * @throws RulesetError or UsageError naming every problem
   */
  readonly check: (text: string) => string;
}

/** A change that can't be made; the message says why. */
export class ProposalError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProposalError';
  }
}

/** @throws ProposalError if another proposal of the kind waits; what the check throws */
export async function proposeText(
  database: Pick<Database, 'transaction'>,
  { kind, check }: AgreedText,
  {
    text,
    reason,
    by,
    at,
  }: { readonly text: string; readonly reason: string; readonly by: string; readonly at: Date },
): Promise<Proposal> {
  const proposal = { text, hash: check(text), reason, proposedBy: by, proposedAt: at };
  return database.transaction(async (tx) => {
    const added = await addProposal(tx, kind, proposal);
    if (added !== null) return added;
    // Thrown in the transaction, so that whatever else it wrote falls with it.
    throw new ProposalError(`another change of the ${kind} waits: decide about it first`);
  });
}

/** @throws ProposalError if the proposal is not open, or this person may not decide so; what the check throws */
export async function decideProposal(
  database: Pick<Database, 'transaction'>,
  { kind, check }: AgreedText,
  wanted: ProposalDecision,
): Promise<void> {
  await database.transaction(async (tx) => {
    const open = await loadOpenProposal(tx, kind);
    if (open?.id !== wanted.id) throw new ProposalError('this change is no longer open');
    const isOwn = open.proposedBy === wanted.by;
    if (isOwn && wanted.decision === 'approved') {
      throw new ProposalError(`another person approves a change: two stand behind the ${kind}`);
    }
    if (isOwn !== (wanted.decision === 'withdrawn')) {
      throw new ProposalError('whoever proposed a change withdraws it; others approve or refuse it');
    }
    // An upgrade or other settings since may have changed what is sound.
    if (wanted.decision === 'approved') check(open.text);
    if (await saveProposalDecision(tx, wanted)) return;
    throw new ProposalError('this change is no longer open');
  });
}
