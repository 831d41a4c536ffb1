import { randomInt } from 'node:crypto';
import { StoreError } from '../store-error.ts';
import { listAccounts, listRunningUids, type Account } from './accounts.ts';

/** Accounts of the system have lower uids; people have theirs from here on. */
const FIRST_PERSON = 1_000;
const ATTEMPTS = 5;

/**
 * Does work as an account of the system that runs nothing else, and that ran nothing else when the work was done: then
 * no process could change its files. Work that was not alone is done again as another account.
 */
export async function withIdleAccount(work: (account: Account) => Promise<void>): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const idle = await listIdleAccounts();
    const account = idle[randomInt(Math.max(idle.length, 1))];
    if (account === undefined) break;
    await work(account);
    if ((await listIdleAccounts()).some(({ uid }) => uid === account.uid)) return;
  }
  throw new StoreError(
    'data-dir-denied',
    'root can find no idle account to make the cluster of Postgres with. Make an account called leakwatch, ' +
      'run leakwatch as an ordinary user, or set DATABASE_URL.',
  );
}

async function listIdleAccounts(): Promise<Account[]> {
  const running = await listRunningUids();
  if (running === null) return [];
  return (await listAccounts()).filter(
    ({ uid, gid }) => uid > 0 && uid < FIRST_PERSON && gid > 0 && !running.has(uid),
  );
}
