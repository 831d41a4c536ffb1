import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger, startAdminServer, type AdminServer } from '../index.ts';

const logger = createLogger({ level: 'silent' });
const child = logger.child({ service: 'matcher' });
let server: AdminServer;

beforeAll(async () => {
  server = await startAdminServer({ host: '127.0.0.1', port: 0, logger });
});
afterAll(() => server.stop());

const post = (path: string) => fetch(`${server.address}${path}`, { method: 'POST' });

/** Keeps the processor busy under a name of its own. */
function burnTheProcessor(untilMs: number): number {
  let sum = 0;
  while (Date.now() < untilMs) for (let n = 0; n < 10_000; n += 1) sum += Math.sqrt(n);
  return sum;
}

function holdMemory(): object[] {
  return Array.from({ length: 100_000 }, (_, index) => ({ index, name: `object ${index}` }));
}

describe('a profile', () => {
  it('of the processor names the function that keeps it busy; meanwhile there is no second one', async () => {
    const asked = post('/profile/cpu?seconds=1');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = await post('/profile/heap?seconds=1');
    burnTheProcessor(Date.now() + 300);
    expect([second.status, await second.json()]).toEqual([
      409,
      { error: 'a profile is being taken: wait until it is through' },
    ]);
    const answer = await asked;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/leakwatch-\d+\.cpuprofile/);
    const { nodes } = z
      .object({ nodes: z.array(z.object({ callFrame: z.object({ functionName: z.string() }) })) })
      .parse(await answer.json());
    expect(nodes.map(({ callFrame }) => callFrame.functionName)).toContain('burnTheProcessor');
  });

  it('of the heap names the function whose memory is still held', async () => {
    const asked = post('/profile/heap?seconds=1');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const held = holdMemory();
    expect(await (await asked).text()).toContain('"functionName":"holdMemory"');
    expect(held.length).toBe(100_000);
  });

  it('is refused with what is wrong with its length', async () => {
    for (const seconds of ['0', '61', 'long']) {
      const answer = await post(`/profile/cpu?seconds=${seconds}`);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(await answer.json())).toContain('seconds must be');
    }
  });
});

describe('the log level', () => {
  const put = (body: string) =>
    fetch(`${server.address}/log-level`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json' },
    });

  it('changes for every logger of the process, those made before included', async () => {
    expect(await (await put('{"level":"error"}')).json()).toEqual({ level: 'error' });
    expect([logger.level, child.level]).toEqual(['error', 'error']);
    expect(await (await put('{"level":"silent"}')).json()).toEqual({ level: 'silent' });
    expect(await (await fetch(`${server.address}/log-level`)).json()).toEqual({ level: 'silent' });
  });

  it('is one that there is', async () => {
    const answer = await put('{"level":"loud"}');
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 'level must be one of debug, info, warn, error, silent' },
    ]);
  });
});

describe('the admin port and browsers', () => {
  /** The status of an answer; `fetch` would set these headers by itself. */
  const statusWith = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${server.address}/log-level`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.once('error', reject).end();
    });

  it.each([
    ['a page', { origin: 'https://example.org' }],
    ['a page of loopback', { origin: 'http://127.0.0.1:8081' }],
    ['a page without origin', { origin: 'null' }],
    ['an image of a page', { 'sec-fetch-site': 'cross-site' }],
    ['a name that now leads to loopback', { host: 'rebound.example.org:9465' }],
    ['a name that looks like an address', { host: '127.0.0.1.example.org' }],
  ])('refuses %s', async (_name, headers) => {
    expect(await statusWith(headers)).toBe(403);
  });

  it.each(['127.0.0.1:9465', '[::1]:9465', 'localhost'])('answers a person who asks %s', async (host) => {
    expect(await statusWith({ host })).toBe(200);
  });
});
