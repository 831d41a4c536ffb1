import { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { endSession, loadSession } from '../accounts/queries/sessions.ts';
import { hashSecret } from '../accounts/secrets.ts';
import { changePassword, signIn, welcome } from '../accounts/open-session.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { isRedacted, type ConsoleContext } from '../context.ts';
import { rightsOf, type Viewer } from '../access/viewer.ts';
import { ProblemError } from '../problems.ts';
import {
  PasswordChangeSchema,
  SessionSchema,
  SignInSchema,
  WelcomeSchema,
  type Session,
} from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

/** Sign-ins that an address may try in a minute; an account's own lock comes earlier. */
const FEW = { rateLimit: { max: 30, timeWindow: 60_000 } };

/** Routes for those who are not signed in yet. */
export function addSignIn(server: FastifyInstance, context: ConsoleContext): void {
  const { guard, sessions } = context;
  typed(server).post(
    '/v1/session',
    { config: FEW, schema: { body: SignInSchema, response: answers(SessionSchema) } },
    async (request, reply) => {
      guard.checkOrigin(request);
      const secret = await signIn(sessions, request.body);
      guard.setCookie(reply, secret);
      return showNew(context, secret);
    },
  );
  typed(server).post(
    '/v1/session/welcome',
    { config: FEW, schema: { body: WelcomeSchema, response: answers(SessionSchema) } },
    async (request, reply) => {
      guard.checkOrigin(request);
      const secret = await welcome(sessions, request.body);
      guard.setCookie(reply, secret);
      return showNew(context, secret);
    },
  );
}

export function addSession(server: FastifyInstance, context: ConsoleContext): void {
  const { guard, store, clock } = context;
  typed(server).get('/v1/session', { schema: { response: answers(SessionSchema) } }, (request) =>
    showSession(context, guard.viewerOf(request)),
  );
  typed(server).delete('/v1/session', { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    const viewer = guard.viewerOf(request);
    if (viewer.sessionHash !== null) {
      await endSession(store.pool, viewer.sessionHash);
      await appendAudit(store.pool, {
        actor: viewer.name,
        action: 'signed-out',
        subject: `account ${viewer.accountId}`,
      });
    }
    guard.clearCookie(reply);
    return reply.code(204).send(null);
  });
  typed(server).post(
    '/v1/session/password',
    { config: FEW, schema: { body: PasswordChangeSchema, response: answers(SessionSchema) } },
    async (request) => {
      const viewer = guard.requireSession(request);
      const { name, sessionHash } = viewer;
      await changePassword(context.sessions, { name, ...request.body, sessionHash });
      return showSession(context, {
        ...viewer,
        expiresAt: new Date(clock().getTime() + context.config.sessionMs),
      });
    },
  );
}

async function showNew(context: ConsoleContext, secret: string): Promise<Session> {
  const sessionHash = hashSecret(secret);
  const session = await loadSession(context.store.pool, sessionHash, context.clock());
  if (session === null) throw new ProblemError('not-signed-in');
  const may = rightsOf(session.role, null);
  return showSession(context, { ...session, sessionHash, may });
}

function showSession(context: ConsoleContext, viewer: Viewer): Session {
  const { accountId, name, role, campaigns, may, expiresAt } = viewer;
  return {
    account: {
      id: accountId,
      name,
      role,
      campaigns: campaigns === null ? null : [...campaigns],
      redacted: isRedacted(context, viewer),
    },
    may,
    expiresAt: expiresAt.toISOString(),
    version: context.version,
  };
}
