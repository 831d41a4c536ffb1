import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics, startOpsServer, type OpsServer, type ReadinessCheck } from '../index.ts';

let server: OpsServer | null = null;

async function start(checks: ReadinessCheck[], beforeScrape?: () => Promise<void>) {
  const metrics = createMetrics();
  server = await startOpsServer({
    host: '127.0.0.1',
    port: 0,
    metrics,
    checks: () => checks,
    ...(beforeScrape === undefined ? {} : { beforeScrape }),
  });
  return { metrics, address: server.address };
}

afterEach(async () => {
  await server?.stop();
  server = null;
});

describe('ops server', () => {
  it('is healthy as long as it answers, and ready only where every check holds', async () => {
    let broken = false;
    const { address } = await start([
      { name: 'store', check: () => Promise.resolve() },
      {
        name: 'log',
        check: () => (broken ? Promise.reject(new Error('connection refused')) : Promise.resolve()),
      },
    ]);
    const ready = await fetch(`${address}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', checks: { store: 'ok', log: 'ok' } },
    ]);
    broken = true;
    const unready = await fetch(`${address}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([
      503,
      { status: 'not ready', checks: { store: 'ok', log: 'connection refused' } },
    ]);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  it('gives the metrics, with gauges filled when they are asked for', async () => {
    const { address, metrics } = await start([], () => {
      metrics.deadLetterDepth.set({ stage: 'ingest' }, 3);
      return Promise.resolve();
    });
    metrics.postsIngested.inc({ platform: 'mock' }, 2);
    const text = await (await fetch(`${address}/metrics`)).text();
    expect(text).toContain('leakwatch_posts_ingested_total{platform="mock"} 2');
    expect(text).toContain('leakwatch_dead_letter_depth{stage="ingest"} 3');
  });

  it('still gives the others where a gauge cannot be filled', async () => {
    const { address } = await start([], () => Promise.reject(new Error('database is away')));
    const response = await fetch(`${address}/metrics`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(
      'leakwatch_stage_failures_total{stage="scrape",reason="gauges-unavailable"} 1',
    );
  });
});
