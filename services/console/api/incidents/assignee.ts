import { type Queryable } from '@leakwatch/store';
import { hasRank } from '../access/viewer.ts';
import { findAccount, type AccountRow } from '../accounts/queries/accounts.ts';
import { ProblemError } from '../problems.ts';
import { type Move } from '../schemas/index.ts';

/** Whether incidents are given to an account at all. */
export function canWork({ disabled, role }: Pick<AccountRow, 'disabled' | 'role'>): boolean {
  return !disabled && hasRank(role, 'analyst');
}

/**
 * The account that a move gives incidents to; null for every other move. The command line on the database itself knows no accounts, and
 * assigns to any name.
 *
 * @throws ProblemError `bad-request` if there is no such account, or it may not work
 */
export async function assigneeOf(db: Queryable, move: Move): Promise<AccountRow | null> {
  if (move.change !== 'assigned' || move.to === null) return null;
  const account = await findAccount(db, move.to);
  if (account !== null && canWork(account)) return account;
  throw new ProblemError('bad-request', {
    problems: ['body/move/to: there is no account of this name that may work on incidents'],
  });
}

/** The move with the name as the account writes it: filters and histories tell case apart. */
export function asAssigned(move: Move, assignee: AccountRow | null): Move {
  return move.change === 'assigned' && assignee !== null ? { ...move, to: assignee.name } : move;
}
