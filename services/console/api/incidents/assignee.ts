import { type Queryable } from '@leakwatch/store';
import { hasRank } from '../access/viewer.ts';
import { findAccount, type AccountRow } from '../accounts/queries/accounts.ts';
import { ProblemError } from '../problems.ts';
import { type Move } from '../schemas/index.ts';

/** Whether incidents are given to an account at all. */
export function canWork({ disabled, role }: Pick<AccountRow, 'disabled' | 'role'>): boolean {
  return !disabled && hasRank(role, 'analyst');
}

/** A move, and the account that it gives incidents to; null for every move that gives them to nobody. */
export interface AssignedMove {
  readonly move: Move;
  readonly assignee: AccountRow | null;
}

/**
 * Finds the account that a move gives incidents to. The move then has the name as the account writes it: filters and histories tell case
 * apart. The command line on the database itself knows no accounts, and assigns to any name.
 *
 * @throws ProblemError `bad-request` if there is no such account, or it may not work
 */
export async function findAssignee(db: Queryable, move: Move): Promise<AssignedMove> {
  if (move.change !== 'assigned' || move.to === null) return { move, assignee: null };
  const assignee = await findAccount(db, move.to);
  if (assignee !== null && canWork(assignee)) return { move: { ...move, to: assignee.name }, assignee };
  throw new ProblemError('bad-request', {
    problems: ['body/move/to: there is no account of this name that may work on incidents'],
  });
}
