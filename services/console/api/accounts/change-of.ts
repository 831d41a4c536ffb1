import { type AccountRow } from './queries/accounts.ts';

/** A change of an account as its line in the audit log keeps it. */
export function changeOf(before: AccountRow, after: AccountRow) {
  return { name: after.name, before: rightsOf(before), after: rightsOf(after) };
}

function rightsOf({ role, campaigns, disabled }: AccountRow) {
  return { role, campaigns, disabled };
}
