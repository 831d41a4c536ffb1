import { messageOf } from '@leakwatch/runtime';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { z } from 'zod';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { SignInMethodsSchema, type SignInFailure } from '../schemas/index.ts';
import { admitPerson, NotAdmittedError } from '../single-sign-on/admit-person.ts';
import { Provider, type Pending } from '../single-sign-on/provider.ts';
import { answers, typed } from './route-helpers.ts';

/** Sign-ins that an address may begin in a minute. */
const FEW = { rateLimit: { max: 60, timeWindow: 60_000 } };
const PLACE = '/v1/session/oidc';
const CALLBACK = `${PLACE}/callback`;
/** How long a person may take at the provider. */
const PENDING_SECONDS = 15 * 60;

/** A page of the console, and never another site's. */
const PageSchema = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\s\\]*$/, 'must be a path of the console');
const PendingSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: PageSchema,
});

/** Signing in with a provider of the company. */
export function addSingleSignOn(server: FastifyInstance, context: ConsoleContext): void {
  const { config, guard, sessions, logger } = context;
  const settings = config.singleSignOn;
  const api = typed(server);
  api.get('/v1/session/methods', { schema: { response: answers(SignInMethodsSchema) } }, () => ({
    oidc: settings !== null,
  }));
  if (settings === null) return;
  const provider = new Provider(settings, new URL(CALLBACK, config.url).href);
  const fail = (reply: FastifyReply, failure: SignInFailure, error: unknown) => {
    logger.warn({ failure, error: messageOf(error) }, 'a sign-in with the provider failed');
    return reply.redirect(`/?sign-in=${failure}`, 303);
  };

  api.get(
    PLACE,
    { config: FEW, schema: { hide: true, querystring: z.object({ to: PageSchema.default('/') }) } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      try {
        const { url, pending } = await provider.begin();
        guard.setPending(reply, CALLBACK, encode({ ...pending, to: request.query.to }), PENDING_SECONDS);
        return await reply.redirect(url.href, 303);
      } catch (error) {
        return fail(reply, 'unavailable', error);
      }
    },
  );
  api.get(CALLBACK, { config: FEW, schema: { hide: true } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const pending = decode(guard.readPending(request));
    guard.setPending(reply, CALLBACK, '', 0);
    if (pending === null) return fail(reply, 'not-begun', 'this browser has not begun to sign in');
    try {
      const person = await provider.finish(new URL(request.url, config.url).search, pending);
      guard.setCookie(reply, await admitPerson(sessions, settings, person));
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      return fail(reply, error instanceof NotAdmittedError ? error.code : 'refused', error);
    }
    return reply.redirect(pending.to, 303);
  });
}

function encode(pending: Pending & { readonly to: string }): string {
  return Buffer.from(JSON.stringify(pending)).toString('base64url');
}

function decode(cookie: string | null): z.infer<typeof PendingSchema> | null {
  if (cookie === null || cookie === '') return null;
  try {
    return PendingSchema.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}
