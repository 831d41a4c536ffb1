import { changeOf } from '../accounts/change-of.ts';
import { type Queryable } from '@leakwatch/store';
import { type SingleSignOn } from '../../config.ts';
import { openSession, type SessionOptions } from '../accounts/open-session.ts';
import {
  addAccount,
  changeAccount,
  loadAccount,
  lockAccounts,
  noteSignIn,
  type AccountRow,
} from '../accounts/queries/accounts.ts';
import { endSessionsOf, forgetEndedSessions } from '../accounts/queries/sessions.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { addIdentity, findIdentity, lockIdentity } from './queries/identities.ts';
import { namesFor, readCampaigns, readRole, type Claims } from './read-claims.ts';

/** A person whom the provider knows and the console does not let in. */
export class NotAdmittedError extends Error {
  readonly code: 'disabled' | 'no-name';

  constructor(code: 'disabled' | 'no-name') {
    super(code);
    this.code = code;
  }
}

/**
 * Opens a session for a person whom the provider vouches for. Finds their account by issuer and subject, and makes it at
 * their first sign-in. Role and campaigns follow the claims that the settings name; an admin keeps the others.
 *
 * @returns the secret for the cookie
 * @throws NotAdmittedError
 */
export async function admitPerson(
  { store, sessionMs, clock }: SessionOptions,
  settings: SingleSignOn,
  { subject, claims }: { readonly subject: string; readonly claims: Claims },
): Promise<string> {
  const at = clock();
  const identity = { issuer: settings.issuer, subject };
  return store.transaction(async (tx) => {
    await lockIdentity(tx, identity);
    // An admin may change the account at this moment: both start from what is there.
    await lockAccounts(tx);
    const accountId = await findIdentity(tx, identity);
    const known = accountId === null ? null : await loadAccount(tx, accountId);
    if (known?.disabled === true) throw new NotAdmittedError('disabled');
    const account =
      known === null
        ? await makeAccount(tx, settings, identity, claims)
        : await followClaims(tx, settings, known, claims);
    await noteSignIn(tx, account.id, at);
    await forgetEndedSessions(tx, at);
    return openSession(tx, account, { at, sessionMs, action: 'signed-in' });
  });
}

async function makeAccount(
  tx: Queryable,
  settings: SingleSignOn,
  identity: { readonly issuer: string; readonly subject: string },
  claims: Claims,
): Promise<AccountRow> {
  const { role, campaigns } = {
    // Need to know: somebody new sees no campaign before an admin or a claim names it.
    ...{ role: 'viewer' as const, campaigns: [] },
    ...rightsByClaims(settings, claims),
  };
  for (const name of namesFor(claims, identity.issuer)) {
    const account = await addAccount(tx, { name, role, campaigns });
    if (account === null) continue;
    await addIdentity(tx, identity, account.id);
    await appendAudit(tx, {
      actor: name,
      action: 'account-added',
      subject: `account ${account.id}`,
      detail: { name, role, campaigns, issuer: identity.issuer },
    });
    return account;
  }
  throw new NotAdmittedError('no-name');
}

async function followClaims(
  tx: Queryable,
  settings: SingleSignOn,
  known: AccountRow,
  claims: Claims,
): Promise<AccountRow> {
  const { role, campaigns } = { ...known, ...rightsByClaims(settings, claims) };
  if (role === known.role && JSON.stringify(campaigns) === JSON.stringify(known.campaigns)) return known;
  const after = await changeAccount(tx, known.id, { role, campaigns, disabled: known.disabled });
  // A session keeps no right that its account has lost.
  await endSessionsOf(tx, known.id, null);
  await appendAudit(tx, {
    actor: known.name,
    action: 'account-changed',
    subject: `account ${known.id}`,
    detail: { ...changeOf(known, after), issuer: settings.issuer },
  });
  return after;
}

/** The rights that the settings leave to the provider. */
function rightsByClaims(
  { roleClaim, campaignClaim }: SingleSignOn,
  claims: Claims,
): Partial<Pick<AccountRow, 'role' | 'campaigns'>> {
  const campaigns = campaignClaim === null ? undefined : readCampaigns(claims, campaignClaim);
  return {
    ...(roleClaim === null ? {} : { role: readRole(claims, roleClaim) }),
    ...(campaigns === undefined ? {} : { campaigns: campaigns === null ? null : [...campaigns] }),
  };
}
