import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { createBoundedServer, serveDocs } from '@leakwatch/runtime';
import { type FastifyError, type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { type ConsoleContext } from './context.ts';
import { nonceOf, servePages } from './pages.ts';
import { answerError, ProblemError } from './problems.ts';
import { refuseUnkeepable } from './refuse-unkeepable.ts';
import { addAccounts } from './routes/accounts.ts';
import { addChanges } from './routes/changes.ts';
import { addCreators } from './routes/creators.ts';
import { addEvents } from './routes/events.ts';
import { addEvidence } from './routes/evidence.ts';
import { addIncidents } from './routes/incidents.ts';
import { addNoticeRoutes } from './routes/notice-routes.ts';
import { addNotices } from './routes/notices.ts';
import { addOperations } from './routes/operations.ts';
import { addPerformance } from './routes/performance.ts';
import { addPictures } from './routes/pictures.ts';
import { addReview } from './routes/review.ts';
import { addSingleSignOn } from './routes/single-sign-on.ts';
import { addRules } from './routes/rules.ts';
import { addSession, addSignIn } from './routes/session.ts';
import { addSources } from './routes/sources.ts';
import { addSystem } from './routes/system.ts';
import { addTiers } from './routes/tiers.ts';
import { addTips } from './routes/tips.ts';
import { addViews } from './routes/views.ts';
import { addWatchList } from './routes/watch-list.ts';
import { addWatchListDraft } from './routes/watch-list-draft.ts';
import { addWatchListPictures } from './routes/watch-list-pictures.ts';
import { answerUnrouted } from './unrouted.ts';

const BOUNDS = {
  bodyBytes: 256 * 1024,
  requestMs: 30_000,
  connections: 1024,
  // A proxy in front is one address, and each open page holds a stream.
  connectionsPerAddress: 512,
};
/** For one address; a queue that is scrolled fast asks for some twenty a second. */
const PER_MINUTE = 3000;

/** The console's server, ready to listen: its API under /v1, and its pages. */
export async function buildServer(
  context: ConsoleContext,
  { pages, secure }: { readonly pages: string | null; readonly secure: boolean },
): Promise<FastifyInstance> {
  const server = createBoundedServer(BOUNDS, answerUnrouted(context.logger));
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, context.logger));
  // Each path has its GET, and each path of the API an answer to every method that a browser sends.
  server.setNotFoundHandler((request, reply) => {
    reply.header(
      'allow',
      request.url.startsWith('/v1/') ? 'GET, HEAD, POST, PUT, PATCH, DELETE' : 'GET, HEAD',
    );
    throw new ProblemError('wrong-method');
  });
  // Bodies are JSON, and bytes where a route says so.
  server.removeContentTypeParser('text/plain');
  server.addHook('preValidation', refuseUnkeepable);
  await addHeaders(server, secure);
  await server.register(rateLimit, {
    max: PER_MINUTE,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { ttl }) =>
      new ProblemError('too-many-requests', { retryAfter: Math.ceil(ttl / 1000) }),
  });
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'leakwatch console', version: context.version } },
    transform: jsonSchemaTransform,
  });

  await server.register((open) => {
    addSignIn(open, context);
    addSingleSignOn(open, context);
    open.get('/v1/openapi.json', { schema: { hide: true } }, () => server.swagger());
    return Promise.resolve();
  });
  await server.register(async (closed) => {
    closed.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      await context.guard.admit(request);
    });
    addSession(closed, context);
    addIncidents(closed, context);
    addChanges(closed, context);
    addPictures(closed, context);
    addAccounts(closed, context);
    addReview(closed, context);
    addPerformance(closed, context);
    addWatchList(closed, context);
    addWatchListDraft(closed, context);
    await closed.register((uploads) => {
      addWatchListPictures(uploads, context);
      return Promise.resolve();
    });
    addCreators(closed, context);
    addSystem(closed, context);
    addOperations(closed, context);
    addRules(closed, context);
    addNoticeRoutes(closed, context);
    addTiers(closed, context);
    addNotices(closed, context);
    addTips(closed, context);
    addEvidence(closed, context);
    addSources(closed, context);
    addViews(closed, context);
    addEvents(closed, context);
    closed.all('/v1/*', { schema: { hide: true } }, () => {
      throw new ProblemError('not-found');
    });
  });
  await server.register(async (open) => {
    // Pages are no part of the API.
    open.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, hide: true };
    });
    serveDocs(open);
    await servePages(open, pages);
  });
  await server.ready();
  return server;
}

/** Nothing inline runs: styles of the page's own carry a nonce, made anew for each answer. */
async function addHeaders(server: FastifyInstance, secure: boolean): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response)}'`],
        imgSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  });
}
