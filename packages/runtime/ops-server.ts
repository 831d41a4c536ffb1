import { fastify } from 'fastify';
import { withDeadline } from './deadline.ts';
import { messageOf } from './errors.ts';
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
 * on answers, too; 503 with the reasons otherwise).
 */
export async function startOpsServer(options: {
  host: string;
  port: number;
  metrics: Metrics;
  checks: readonly ReadinessCheck[];
  /** Fills gauges that are read when they are asked for. */
  beforeScrape?: () => Promise<void>;
}): Promise<OpsServer> {
  const server = fastify({ logger: false });

  server.get('/healthz', () => ({ status: 'ok' }));

  server.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(options.checks.map(runCheck));
    const ready = results.every((result) => result.ok);
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', checks: Object.fromEntries(results.map(describe)) });
  });

  server.get('/metrics', async (_request, reply) => {
    // A gauge that can't be filled (the database is away) must not take the other metrics with it.
    await options.beforeScrape?.().catch(() => {
      options.metrics.stageFailures.inc({ stage: 'scrape', reason: 'gauges-unavailable' });
    });
    return reply
      .header('content-type', options.metrics.registry.contentType)
      .send(await options.metrics.registry.metrics());
  });

  const address = await server.listen({ host: options.host, port: options.port });
  return { name: 'ops server', address, stop: () => server.close() };
}

interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

async function runCheck(check: ReadinessCheck): Promise<CheckResult> {
  try {
    await withDeadline(check.check(), 5_000);
    return { name: check.name, ok: true, message: 'ok' };
  } catch (error) {
    return { name: check.name, ok: false, message: messageOf(error) };
  }
}

function describe(result: CheckResult): [string, string] {
  return [result.name, result.message];
}
