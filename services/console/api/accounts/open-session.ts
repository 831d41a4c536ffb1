import { type Queryable, type Store } from '@leakwatch/store';
import { ProblemError } from '../problems.ts';
import { appendAudit } from '../audit/append-audit.ts';
import {
  addAccount,
  countAdmins,
  countAttempt,
  loadAccount,
  loadCredentials,
  noteSignIn,
  setPassword,
  type AccountRow,
  type Credentials,
} from './queries/accounts.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { addInvite, useInvite } from './queries/invites.ts';
import { addSession, endSessionsOf, forgetEndedSessions } from './queries/sessions.ts';
import { hashPassword, hashSecret, isPassword, newSecret } from './secrets.ts';

export interface SessionOptions {
  readonly store: Pick<Store, 'pool' | 'transaction'>;
  readonly sessionMs: number;
  readonly clock: () => Date;
}

/**
 * Signs a person in, and gives the secret for the cookie.
 *
 * @throws ProblemError as {@link withPassword}
 */
export function signIn(
  options: SessionOptions,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<string> {
  const { store, sessionMs, clock } = options;
  return withPassword(options, { name, password, failure: 'sign-in-failed' }, (account) => {
    const at = clock();
    return store.transaction(async (tx) => {
      await noteSignIn(tx, account.id, at);
      await forgetEndedSessions(tx, at);
      return openSession(tx, account, { at, sessionMs, action: 'signed-in' });
    });
  });
}

/**
 * Changes a person's password, and ends their sessions elsewhere.
 *
 * @throws ProblemError as {@link withPassword}
 */
export function changePassword(
  options: Pick<SessionOptions, 'store' | 'clock'>,
  { name, current, next, sessionHash }: PasswordChange,
): Promise<void> {
  const proof = { name, password: current, failure: 'password-refused' };
  return withPassword(options, proof, async ({ id }) => {
    const passwordHash = await hashPassword(next);
    await options.store.transaction(async (tx) => {
      await setPassword(tx, id, passwordHash);
      await endSessionsOf(tx, id, sessionHash);
      await appendAudit(tx, { actor: name, action: 'password-set', subject: `account ${id}` });
    });
  });
}

interface PasswordChange {
  readonly name: string;
  readonly current: string;
  readonly next: string;
  /** The session that stays. */
  readonly sessionHash: string | null;
}

/**
 * Attempts of one account wait for each other, so that right passwords at the same moment don't count as failures that lock it. What
 * a second console tries meanwhile is counted in the database all the same.
 */
const attempts = new OneAtATime();

/**
 * Does what takes a person's password, for the right one. Each wrong one counts towards the account's lock, whatever it was for.
 *
 * @param then - takes the counted attempt back
 * @throws ProblemError `wrong-credentials`, or `locked-out` after too many failures
 */
function withPassword<T>(
  { store, clock }: Pick<SessionOptions, 'store' | 'clock'>,
  { name, password, failure }: { readonly name: string; readonly password: string; readonly failure: string },
  then: (account: Credentials) => Promise<T>,
): Promise<T> {
  return attempts.run(name.toLowerCase(), async () => {
    const at = clock();
    const account = await countAttempt(store.pool, name, at);
    if (account === null) await refuseLocked(store.pool, name, at);
    const isRight = await isPassword(account?.passwordHash ?? null, password);
    if (account !== null && isRight && !account.disabled) return then(account);
    if (account !== null) {
      const subject = `account ${account.id}`;
      await appendAudit(store.pool, { actor: account.name, action: failure, subject });
    }
    throw new ProblemError('wrong-credentials');
  });
}

/** @throws ProblemError `locked-out` if there is an account of this name: then only its lock can have refused the attempt */
async function refuseLocked(db: Queryable, name: string, at: Date): Promise<void> {
  const locked = await loadCredentials(db, name);
  if (locked === null) return;
  // A sign-in of the owner may have opened it a moment ago.
  const waitsMs = (locked.lockedUntil ?? at).getTime() - at.getTime();
  throw new ProblemError('locked-out', { retryAfter: Math.max(1, Math.ceil(waitsMs / 1000)) });
}

export async function openSession(
  tx: Queryable,
  account: Pick<AccountRow, 'id' | 'name'>,
  { at, sessionMs, action }: { at: Date; sessionMs: number; action: string },
): Promise<string> {
  const secret = newSecret();
  const expiresAt = new Date(at.getTime() + sessionMs);
  await addSession(tx, { hash: hashSecret(secret), accountId: account.id, at, expiresAt });
  await appendAudit(tx, { actor: account.name, action, subject: `account ${account.id}` });
  return secret;
}

const FIRST_LINK_MS = 24 * 3_600_000;
const INVITE_MS = 7 * 24 * 3_600_000;

/** Makes the code of a one-time link for the first admin; null if there is one already. */
export async function firstCode({ store, clock }: SessionOptions): Promise<string | null> {
  if ((await countAdmins(store.pool)) > 0) return null;
  return invite(store.pool, null, new Date(clock().getTime() + FIRST_LINK_MS));
}

/** Makes the code with which an account's owner sets a password. */
export function inviteAccount(db: Queryable, accountId: number, at: Date): Promise<string> {
  return invite(db, accountId, new Date(at.getTime() + INVITE_MS));
}

async function invite(db: Queryable, accountId: number | null, expiresAt: Date): Promise<string> {
  const code = newSecret();
  await addInvite(db, { codeHash: hashSecret(code), accountId, expiresAt });
  return code;
}

/**
 * Uses a one-time link: makes the first admin, or sets the password of the account that was invited.
 *
 * @returns the secret for the cookie
 * @throws ProblemError if the link was used, is over, or is for another name
 */
export async function welcome(
  { store, sessionMs, clock }: SessionOptions,
  { code, name, password }: { readonly code: string; readonly name: string; readonly password: string },
): Promise<string> {
  const passwordHash = await hashPassword(password);
  return store.transaction(async (tx) => {
    const at = clock();
    const used = await useInvite(tx, hashSecret(code), at);
    if (used === null) throw gone('this link was used already, or its time is over');
    const account =
      used.accountId === null
        ? await addAccount(tx, { name, role: 'admin', campaigns: null })
        : await loadAccount(tx, used.accountId);
    if (account === null) throw gone('this link is no longer of use');
    if (account.name.toLowerCase() !== name.toLowerCase() || account.disabled) {
      throw gone('this link is for another account');
    }
    await setPassword(tx, account.id, passwordHash);
    await endSessionsOf(tx, account.id, null);
    await noteSignIn(tx, account.id, at);
    return openSession(tx, account, { at, sessionMs, action: 'password-set' });
  });
}

function gone(detail: string): ProblemError {
  return new ProblemError('wrong-credentials', { detail });
}
