import { withDeadline } from './deadline.ts';
import { messageOf } from './errors.ts';
import { serveAlertPage } from './docs-pages/alert-page.ts';
import { serveDocs } from './docs-pages/serve-docs.ts';
import { createBoundedServer, SMALL_BOUNDS } from './http/bounded-server.ts';
import { type Stoppable } from './lifecycle.ts';
import { type Metrics } from './metrics.ts';

/** One thing that must hold for this process to be of use. */
export interface ReadinessCheck {
  readonly name: string;
  /** Resolves where it holds; rejects with what is wrong. */
  check(): Promise<void>;
}

export interface OpsServer extends Stoppable {
  /** `http://127.0.0.1:9464` */
  readonly address: string;
}

/**
 * The port for on-call staff: `/metrics` for Prometheus, `/healthz` (the process answers), `/readyz` (all that it depends
 * on answers, too; 503 with the reasons otherwise), `/docs/runbooks`, and `/alerts/<id>`, where notices lead without a console.
 */
export async function startOpsServer(options: {
  host: string;
  port: number;
  metrics: Metrics;
  /** Called at each look: a process gains checks while it starts. */
  checks: () => readonly ReadinessCheck[];
  /** Fills gauges that are read when they are asked for. */
  beforeScrape?: () => Promise<void>;
}): Promise<OpsServer> {
  const server = createBoundedServer(SMALL_BOUNDS);

  serveDocs(server);
  serveAlertPage(server);
  const unreadable = { stage: 'scrape', reason: 'gauges-unavailable' };
  // Its first failure is an increase, too.
  options.metrics.stageFailures.inc(unreadable, 0);

  server.get('/healthz', () => ({ status: 'ok' }));

  server.get('/readyz', async (_request, reply) => {
    const { ready, checks } = await runChecks(options.checks());
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  });

  server.get('/metrics', async (_request, reply) => {
    // A gauge that can't be filled (the database is away) must not take the other metrics with it.
    const isUnread = await (options.beforeScrape?.() ?? Promise.resolve()).then(
      () => false,
      () => true,
    );
    options.metrics.gaugesUnread.set(isUnread ? 1 : 0);
    if (isUnread) options.metrics.stageFailures.inc(unreadable);
    return reply
      .header('content-type', options.metrics.registry.contentType)
      .send(await options.metrics.registry.metrics());
  });

  const address = await server.listen({ host: options.host, port: options.port });
  return { name: 'ops server', address, stop: () => server.close() };
}

/** Runs all checks at once, each for five seconds at most: by name `ok`, or what is wrong. */
export async function runChecks(
  checks: readonly ReadinessCheck[],
): Promise<{ ready: boolean; checks: Record<string, string> }> {
  const results = await Promise.all(
    checks.map(async (check) => [check.name, await problemOf(check)] as const),
  );
  return {
    ready: results.every(([, problem]) => problem === null),
    checks: Object.fromEntries(results.map(([name, problem]) => [name, problem ?? 'ok'])),
  };
}

async function problemOf(one: ReadinessCheck): Promise<string | null> {
  try {
    await withDeadline(one.check(), 5_000);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
