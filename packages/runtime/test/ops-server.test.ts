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
    let isAway = true;
    const { address } = await start([], () =>
      isAway ? Promise.reject(new Error('database is away')) : Promise.resolve(),
    );
    const scrape = async () => {
      const response = await fetch(`${address}/metrics`);
      expect(response.status).toBe(200);
      return response.text();
    };
    const counted = 'leakwatch_stage_failures_total{stage="scrape",reason="gauges-unavailable"} 1';
    const away = await scrape();
    expect(away).toContain(counted);
    expect(away).toContain('leakwatch_gauges_unread 1');
    isAway = false;
    const back = await scrape();
    expect(back).toContain(counted);
    expect(back).toContain('leakwatch_gauges_unread 0');
  });

  it('serves the runbooks, and what they lead to, as pages that take nothing from elsewhere', async () => {
    const { address } = await start([]);
    const page = await fetch(`${address}/docs/runbooks/LeakwatchDown.md`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('<h1 id="leakwatchdown">LeakwatchDown</h1>');
    expect(html).toContain('href="/docs/runbooks/LeakwatchDatabaseUnreachable.md"');
    expect(await (await fetch(`${address}/docs/runbooks/LeakwatchDown`)).text()).toBe(html);
    expect((await fetch(`${address}/docs/`)).url).toBe(`${address}/docs/runbooks/README.md`);
    expect(await (await fetch(`${address}/docs/style.css`)).text()).toContain('body {');
    for (const strange of [
      'runbooks/Nothing',
      '%2e%2e/package.json',
      'decisions/0001-embedded-postgres.md',
    ]) {
      expect((await fetch(`${address}/docs/${strange}`)).status).toBe(404);
    }
  });

  it('has a page about each alert, for notices where no console runs', async () => {
    const { address } = await start([]);
    const page = await fetch(`${address}/alerts/${'4e5b3c66'.repeat(8)}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('leakwatch alerts show 4e5b3c66 --details');
    for (const strange of ['4e5b', '<b>', 'a'.repeat(65)]) {
      const refused = await fetch(`${address}/alerts/${encodeURIComponent(strange)}`);
      expect([refused.status, await refused.text()]).toEqual([404, expect.not.stringContaining(strange)]);
    }
  });
});
