import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { asAdmin } from '../access/as-admin.ts';
import { knownCampaigns } from '../known-campaigns.ts';
import { changeOf } from '../accounts/change-of.ts';
import { inviteAccount } from '../accounts/open-session.ts';
import {
  addAccount,
  changeAccount,
  listAccounts,
  loadAccount,
  type AccountRow,
} from '../accounts/queries/accounts.ts';
import { endSessionsOf } from '../accounts/queries/sessions.ts';
import { addToken, listTokens, revokeToken, type TokenRow } from '../accounts/queries/tokens.ts';
import { hashSecret, newSecret } from '../accounts/secrets.ts';
import { hasIdentity } from '../single-sign-on/queries/identities.ts';
import { commonCampaigns } from '../access/viewer.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { listAuditBefore } from '../audit/queries/list-audit.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import {
  AccountChangeSchema,
  AccountSchema,
  AccountsSchema,
  AuditSchema,
  InvitedAccountSchema,
  IssuedTokenSchema,
  NewAccountSchema,
  NewTokenSchema,
  TokensSchema,
} from '../schemas/index.ts';
import { answers, NothingSchema, typed } from './route-helpers.ts';

const IdParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
const DAY_MS = 24 * 3_600_000;
const AUDIT_PAGE = 100;

/** Accounts, tokens and the audit log. */
export function addAccounts(server: FastifyInstance, context: ConsoleContext): void {
  addPeople(server, context);
  addTokens(server, context);
  typed(server).get(
    '/v1/audit',
    {
      schema: {
        querystring: z.strictObject({ cursor: z.coerce.number().int().min(1).optional() }),
        response: answers(AuditSchema),
      },
    },
    async (request) => {
      const viewer = context.guard.require(request, 'lead');
      // The log names what happened in every campaign.
      if (viewer.campaigns !== null) throw new ProblemError('forbidden');
      const accounts = await listAccounts(context.store.pool);
      const named = new Map(accounts.map(({ id, name }) => [`account ${id}`, name]));
      const rows = await listAuditBefore(context.store.pool, request.query.cursor ?? null, AUDIT_PAGE);
      return {
        items: rows.map(({ seq, at, actor, action, subject, detail, hash }) => ({
          seq,
          at: at.toISOString(),
          actor,
          action,
          subject,
          account: named.get(subject) ?? null,
          detail: z.record(z.string(), z.unknown()).parse(JSON.parse(detail)),
          hash,
        })),
        nextCursor: rows.length === AUDIT_PAGE ? String(rows.at(-1)?.seq) : null,
      };
    },
  );
}

function addPeople(server: FastifyInstance, { guard, store, clock, config, names }: ConsoleContext): void {
  const api = typed(server);
  const linkWith = (code: string) => new URL(`welcome#${code}`, withSlash(config.url)).href;
  api.get('/v1/accounts', { schema: { response: answers(AccountsSchema) } }, async (request) => {
    guard.require(request, 'admin');
    return { items: (await listAccounts(store.pool)).map(showAccount) };
  });
  api.post(
    '/v1/accounts',
    { schema: { body: NewAccountSchema, response: answers(InvitedAccountSchema) } },
    async (request) => {
      const viewer = guard.require(request, 'admin');
      const { name: actor } = viewer;
      return asAdmin(store, viewer, async (tx, { requireReach }) => {
        const wanted = await knownCampaigns(tx, names(), request.body.campaigns);
        requireReach(wanted);
        const account = await addAccount(tx, { ...request.body, campaigns: wanted });
        if (account === null) {
          throw new ProblemError('bad-request', {
            problems: ['body/name: there is an account of this name'],
          });
        }
        const code = await inviteAccount(tx, account.id, clock());
        const { name, role, campaigns } = account;
        const subject = `account ${account.id}`;
        await appendAudit(tx, { actor, action: 'account-added', subject, detail: { name, role, campaigns } });
        return { account: showAccount(account), link: linkWith(code) };
      });
    },
  );
  api.patch(
    '/v1/accounts/:id',
    { schema: { params: IdParams, body: AccountChangeSchema, response: answers(AccountSchema) } },
    async (request) => {
      const viewer = guard.require(request, 'admin');
      const { name: actor } = viewer;
      const { id } = request.params;
      if (id === viewer.accountId) {
        throw new ProblemError('forbidden', { detail: 'another admin has to change your own account' });
      }
      return asAdmin(store, viewer, async (tx, { requireReach }) => {
        const before = await loadAccount(tx, id);
        if (before === null) throw new ProblemError('not-found');
        const {
          role = before.role,
          campaigns: named = before.campaigns,
          disabled = before.disabled,
        } = request.body;
        const campaigns = await knownCampaigns(tx, names(), named, before.campaigns);
        requireReach(before.campaigns);
        requireReach(campaigns);
        const after = await changeAccount(tx, id, { role, campaigns, disabled });
        // A session keeps no right that its account has lost.
        await endSessionsOf(tx, id, null);
        const detail = changeOf(before, after);
        await appendAudit(tx, { actor, action: 'account-changed', subject: `account ${id}`, detail });
        return showAccount(after);
      });
    },
  );
  api.post(
    '/v1/accounts/:id/link',
    { schema: { params: IdParams, body: NothingSchema, response: answers(InvitedAccountSchema) } },
    async (request) => {
      const viewer = guard.require(request, 'admin');
      const { id } = request.params;
      if (id === viewer.accountId) {
        throw new ProblemError('forbidden', { detail: 'you change your own password with the current one' });
      }
      return asAdmin(store, viewer, async (tx, { requireReach }) => {
        const account = await loadAccount(tx, id);
        if (account === null) throw new ProblemError('not-found');
        requireReach(account.campaigns);
        if (account.disabled) {
          throw new ProblemError('illegal-move', { detail: 'the account is disabled: enable it first' });
        }
        if (await hasIdentity(tx, id)) {
          throw new ProblemError('illegal-move', {
            detail: 'this account signs in with your company’s account',
          });
        }
        const code = await inviteAccount(tx, id, clock());
        const detail = { name: account.name };
        await appendAudit(tx, { actor: viewer.name, action: 'link-made', subject: `account ${id}`, detail });
        return { account: showAccount(account), link: linkWith(code) };
      });
    },
  );
}

function addTokens(server: FastifyInstance, { guard, store, clock }: ConsoleContext): void {
  const api = typed(server);
  /** An admin sees and revokes all tokens, others their own. */
  const list = async (viewer: ReturnType<typeof guard.viewerOf>) => ({
    items: (await listTokens(store.pool, viewer.may.admin ? null : viewer.accountId)).map(showToken),
  });
  api.get('/v1/tokens', { schema: { response: answers(TokensSchema) } }, (request) =>
    list(guard.viewerOf(request)),
  );
  api.post(
    '/v1/tokens',
    { schema: { body: NewTokenSchema, response: answers(IssuedTokenSchema) } },
    async (request) => {
      // A token makes no other: who revokes it has revoked all that it could do.
      const viewer = guard.requireSession(request);
      const { name, scopes, campaigns, days } = request.body;
      const secret = newSecret();
      const token = await store.transaction(async (tx) => {
        const added = await addToken(tx, {
          accountId: viewer.accountId,
          name,
          secretHash: hashSecret(secret),
          scopes: [...new Set(scopes)],
          campaigns: campaigns === null ? null : commonCampaigns(viewer.campaigns, campaigns),
          expiresAt: new Date(clock().getTime() + days * DAY_MS),
        });
        const detail = { name, scopes, campaigns };
        await appendAudit(tx, {
          actor: viewer.name,
          action: 'token-issued',
          subject: `token ${added.id}`,
          detail,
        });
        return added;
      });
      return { token: showToken(token), secret };
    },
  );
  api.delete(
    '/v1/tokens/:id',
    { schema: { params: IdParams, response: answers(TokensSchema) } },
    async (request) => {
      const viewer = guard.requireSession(request);
      const { id } = request.params;
      const owner = viewer.may.admin ? null : viewer.accountId;
      await store.transaction(async (tx) => {
        const revoked = await revokeToken(tx, id, owner, clock());
        if (revoked === null) throw new ProblemError('not-found');
        const act = { actor: viewer.name, action: 'token-revoked', subject: `token ${id}` };
        await appendAudit(tx, { ...act, detail: revoked });
      });
      return list(viewer);
    },
  );
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function showAccount(account: AccountRow) {
  return {
    ...account,
    createdAt: account.createdAt.toISOString(),
    lastSignedInAt: account.lastSignedInAt?.toISOString() ?? null,
  };
}

function showToken(token: TokenRow) {
  return {
    ...token,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
