/**
 * Changes the rules without an operator's file: one person proposes, another approves. Alerting follows within seconds.
 *
 *   proposed ──▶ approved by another: in force
 *      ├───────▶ refused by another
 *      └───────▶ withdrawn by whoever proposed
 */
import { type Database } from '@leakwatch/store';
import { loadRuleset } from './load-ruleset.ts';
import {
  addProposal,
  loadOpenProposal,
  saveProposalDecision,
  type ProposalDecision,
  type RulesProposal,
} from './queries/rules-proposals.ts';

/** A change of the rules that can't be made; the message says why. */
export class RulesChangeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RulesChangeError';
  }
}

/**
 * Proposes rules, which must compile and pass their own tests.
 *
 * @throws RulesetError naming every problem; RulesChangeError if another proposal waits
 */
export async function proposeRules(
  database: Pick<Database, 'transaction'>,
  {
    text,
    reason,
    by,
    at,
  }: { readonly text: string; readonly reason: string; readonly by: string; readonly at: Date },
): Promise<RulesProposal> {
  const { hash } = loadRuleset(text, 'rules');
  const proposal = { text, hash, reason, proposedBy: by, proposedAt: at };
  const added = await database.transaction((tx) => addProposal(tx, proposal));
  if (added === null) throw new RulesChangeError('another change of the rules waits: decide about it first');
  return added;
}

/** @throws RulesChangeError if the proposal is not open, or this person may not decide so */
export async function decideProposal(
  database: Pick<Database, 'transaction'>,
  wanted: ProposalDecision,
): Promise<void> {
  await database.transaction(async (tx) => {
    const open = await loadOpenProposal(tx);
    if (open?.id !== wanted.id) throw new RulesChangeError('this change is no longer open');
    const isOwn = open.proposedBy === wanted.by;
    if (isOwn && wanted.decision === 'approved') {
      throw new RulesChangeError('another person approves a change: two stand behind the rules');
    }
    if (isOwn !== (wanted.decision === 'withdrawn')) {
      throw new RulesChangeError('whoever proposed a change withdraws it; others approve or refuse it');
    }
    // An upgrade since may have changed what compiles.
    if (wanted.decision === 'approved') loadRuleset(open.text, 'rules');
    if (await saveProposalDecision(tx, wanted)) return;
    throw new RulesChangeError('this change is no longer open');
  });
}
