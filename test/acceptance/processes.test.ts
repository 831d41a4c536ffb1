import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { hasJavaAndMaven, startLocalKafka, type LocalKafka } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { type Store } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { deliverPosts, WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { eventually } from '../harness/eventually.ts';
import { lateAddress, type LateAddress } from '../harness/late-address.ts';
import { runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { startService, startServices, stopServices } from '../harness/service-processes.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const WATCH_LIST = `campaigns:
  - id: launch
    name: Launch
    embargo: { liftsAt: 2099-01-01T00:00:00Z }
    terms: [{ id: name, text: Quillon Ember }]
creators:
  - { id: ana, accounts: [{ platform: webhook, handle: ana }] }
`;
const AUTHOR = { id: 'a1', handle: 'ana' };

let store: TestStore;
let env: Record<string, string>;

beforeEach(async () => {
  store = await openTestStore();
  env = { DATABASE_URL: store.connectionString, LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET };
  const list = path.join(await temporaryFolder(), 'list.yaml');
  await writeFile(list, WATCH_LIST);
  const { code, stderr } = await runLeakwatch(['watchlist', 'import', list], { env });
  expect([code, stderr]).toEqual([0, '']);
});

afterEach(() => store.drop());

async function occurrencesOf(database: Store): Promise<string[]> {
  const alerts = await listAlerts(database.pool, { limit: 1000 });
  return alerts.flatMap((alert) => alert.occurrences.map(({ detection }) => detection.post.nativeId)).sort();
}

/** A post enters one process, and another one raises its alert. */
async function findsPlantedLeak(): Promise<void> {
  const services = await startServices(env, [
    ['alerting'],
    ['matcher', '--lane', 'text'],
    ['matcher', '--lane', 'image'],
    ['ingest'],
  ]);
  const readiness = await Promise.all(
    services.map(async ({ ops }) => {
      const answer = await fetch(`${ops}/readyz`);
      return [answer.status, await answer.json()];
    }),
  );
  const ready = (checks: object) => [200, { status: 'ready', checks: { store: 'ok', log: 'ok', ...checks } }];
  expect(readiness).toEqual([
    ready({ alerting: 'ok' }),
    ready({ 'watch list': 'ok', canary: 'ok' }),
    ready({ 'watch list': 'ok', canary: 'ok' }),
    ready({}),
  ]);

  const accepted = await deliverPosts(services[3]?.webhook ?? '', 'msg_1', [
    { id: 'leak', author: AUTHOR, text: 'look: Quillon Ember' },
    { id: 'coffee', author: AUTHOR, text: 'coffee first' },
  ]);
  expect(accepted.status).toBe(202);
  const found = await eventually(async () => {
    const occurrences = await occurrencesOf(store);
    return occurrences.length > 0 ? occurrences : undefined;
  });
  expect(found).toEqual(['leak']);

  const textMetrics = await (await fetch(`${services[1]?.ops ?? ''}/metrics`)).text();
  expect(textMetrics).toMatch(/^leakwatch_posts_scanned_total\{lane="text",outcome="matched"\} 1$/m);
  expect(textMetrics).toMatch(/^leakwatch_consumer_lag_records\{group="matcher-text"\} \d+$/m);
  expect(textMetrics).not.toMatch(/group="(matcher-image|alerting)"/);

  expect(await stopServices(services)).toEqual([0, 0, 0, 0]);
  for (const service of services) {
    const lines = service.stderr().trimEnd().split('\n');
    for (const line of lines) expect(() => void JSON.parse(line)).not.toThrow();
    expect(lines.at(-1)).toMatch(/"msg":"stopped"/);
    expect(service.stderr()).not.toMatch(/Quillon|"ana"/);
  }
}

/** Starts two of a service and stops one while posts go on coming. */
async function sharesWork(): Promise<void> {
  const text = ['matcher', '--lane', 'text'];
  const [first, second, ...others] = await startServices(env, [text, text, ['alerting'], ['ingest']]);
  if (first === undefined || second === undefined) throw new Error('two matchers were started');
  const webhook = others[1]?.webhook ?? '';
  // Many creators, so that every partition has some of their posts.
  const leaks = Array.from({ length: 200 }, (_unused, n) => ({
    id: `leak-${n}`,
    author: { id: `author-${n}`, handle: `author${n}` },
    text: `number ${n}: Quillon Ember`,
  }));
  await deliverPosts(webhook, 'msg_1', leaks.slice(0, 100));
  const scannedBy = async ({ ops }: { ops: string }) => {
    const metrics = await (await fetch(`${ops}/metrics`)).text();
    return Number(/posts_scanned_total\{lane="text",outcome="matched"\} (\d+)/.exec(metrics)?.[1] ?? 0);
  };
  const shares = await eventually(async () => {
    const scanned = [await scannedBy(first), await scannedBy(second)];
    return scanned.reduce((sum, count) => sum + count) >= 100 ? scanned : undefined;
  });
  expect(Math.min(...shares)).toBeGreaterThan(0);

  first.kill('SIGTERM');
  await deliverPosts(webhook, 'msg_2', leaks.slice(100));
  expect(await first.ended).toBe(0);
  await eventually(async () => ((await occurrencesOf(store)).length >= 200 ? true : undefined));
  expect(await occurrencesOf(store)).toEqual(leaks.map(({ id }) => id).sort());
  expect(await stopServices([second, ...others])).toEqual([0, 0, 0]);
}

/** Reserves an address for a server that is away: it leads there once it is opened. */
async function awayAt(host: string, port: string): Promise<LateAddress> {
  const late = await lateAddress({ host, port: Number(port) });
  onTestFinished(() => late.close());
  return late;
}

/** Starts a service without what lies behind the address: it waits, alive and not ready, and is ready once that has come. */
async function waitsForIt(late: LateAddress, settings: Record<string, string>, reason: RegExp) {
  const matcher = startLeakwatch(['run', 'matcher', '--lane', 'text', '--ops-port', '0'], {
    env: { ...env, ...settings },
  });
  const [, ops = ''] = await matcher.untilSaid(/"metrics":"([^"]+)","msg":"waiting, and trying again"/);
  expect((await fetch(`${ops}/healthz`)).status).toBe(200);
  const early = await fetch(`${ops}/readyz`);
  expect(early.status).toBe(503);
  expect(await early.text()).toMatch(reason);

  await late.open();
  await matcher.untilSaid(/"msg":"started"/);
  await eventually(async () => ((await fetch(`${ops}/readyz`)).ok ? true : undefined));
  return { matcher, ops };
}

describe('services as processes of their own', () => {
  it('wait for a database that is away at their start', async () => {
    const url = new URL(store.connectionString);
    const late = await awayAt(url.hostname, url.port);
    url.port = String(late.port);
    const reason = /the database can't be reached: .*ECONNREFUSED/;
    const { matcher, ops } = await waitsForIt(late, { DATABASE_URL: url.href }, reason);

    // The same server goes away and comes back, with no newer watch list.
    await late.close();
    await matcher.untilSaid(/the newest watch list could not be taken over/);
    expect((await fetch(`${ops}/readyz`)).status).toBe(503);
    await late.open();
    await eventually(async () => ((await fetch(`${ops}/readyz`)).ok ? true : undefined));
    expect(await stopServices([matcher])).toEqual([0]);
  });

  it('end in order at a signal that comes while they wait', async () => {
    const url = new URL(store.connectionString);
    url.port = String((await awayAt(url.hostname, url.port)).port);
    const alerting = startLeakwatch(['run', 'alerting', '--ops-port', '0'], {
      env: { ...env, DATABASE_URL: url.href },
    });
    await alerting.untilSaid(/"msg":"waiting, and trying again"/);
    alerting.kill('SIGTERM');
    expect(await alerting.ended).toBe(0);
    expect(alerting.stderr()).toMatch(/"msg":"stopped"/);
  });

  it(
    'find a planted leak together, each ready for its own work only, and leave on SIGTERM',
    findsPlantedLeak,
  );
  it('share the work of one kind, and what one leaves the other takes over', sharesWork);

  it('name every setting that is wrong at once, before anything is opened', async () => {
    const { code, stderr } = await runLeakwatch(['run', 'ingest'], {
      env: {
        DATABASE_URL: 'not a database',
        LEAKWATCH_OPS_PORT: 'ninety',
        LEAKWATCH_OPS_PROT: 'guessable',
        LEAKWATCH_RESCAN_SHAER: '50',
        LEAKWATCH_LOG_LEVEL: 'loud',
        LEAKWATCH_INGEST_BATCH_POSTS: '0',
        LEAKWATCH_WEBHOOK_SECRETS: 'guessable',
      },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/DATABASE_URL: must look like postgres:/);
    expect(stderr).toMatch(/LEAKWATCH_OPS_PORT: must be a whole number/);
    expect(stderr).toMatch(/LEAKWATCH_LOG_LEVEL: must be one of debug, info/);
    expect(stderr).toMatch(
      /LEAKWATCH_OPS_PROT: leakwatch has no such setting; did you mean LEAKWATCH_OPS_PORT\?/,
    );
    expect(stderr).toMatch(/LEAKWATCH_RESCAN_SHAER: .*did you mean LEAKWATCH_RESCAN_SHARE\?/);
    expect(stderr).toMatch(/LEAKWATCH_INGEST_BATCH_POSTS: must be from 1 to 5000/);
    expect(stderr).toMatch(/LEAKWATCH_WEBHOOK_SECRETS.*: each secret must be/);
    expect(stderr).not.toMatch(/guessable|not a database/);
  });

  it('end by themselves when they hang, so that a supervisor starts them again, and the next one finds the leak', async () => {
    const text = ['matcher', '--lane', 'text'] as const;
    const hangs = 'data:text/javascript,process.on("SIGUSR2",()=>{for(;;);})';
    const [alerting, ingest] = await startServices(env, [['alerting'], ['ingest']]);
    const stuck = await startService(text, {
      env: { ...env, LEAKWATCH_WATCHDOG_SECONDS: '5' },
      nodeArgs: ['--import', hangs],
    });
    stuck.kill('SIGUSR2');
    await deliverPosts(ingest?.webhook ?? '', 'msg_1', [
      { id: 'leak', author: AUTHOR, text: 'look: Quillon Ember' },
    ]);
    expect(await stuck.ended).toBe('SIGKILL');
    expect(stuck.stderr().trimEnd().split('\n').at(-1)).toMatch(
      /"msg":"the process has stood still for 5 s and ends/,
    );
    const next = await startService(text, { env });
    const found = await eventually(async () => {
      const occurrences = await occurrencesOf(store);
      return occurrences.length > 0 ? occurrences : undefined;
    });
    expect(found).toEqual(['leak']);
    expect(await stopServices([alerting, ingest, next].flatMap((one) => one ?? []))).toEqual([0, 0, 0]);
  });

  it('end with 70 and a line that says why, once the log takes them back no more', async () => {
    const [matcher] = await startServices(env, [['matcher', '--lane', 'text']]);
    if (matcher === undefined) throw new Error('a matcher was started');
    // Drops the tables of the log: as if another database had the same name.
    await store.pool.query('ALTER TABLE consumer_member RENAME TO consumer_member_gone');
    expect(await matcher.ended).toBe(70);
    expect(matcher.stderr()).toMatch(/^leakwatch failed: .+/m);
  });
});

describe('services as processes of their own that meet in Kafka', () => {
  const itNeedsBroker = itNeeds('Java and Maven', hasJavaAndMaven());
  let kafka: LocalKafka;

  // The topics keep their product names; no other test uses this broker.
  beforeAll(async () => {
    if (hasJavaAndMaven()) kafka = await startLocalKafka();
  });
  afterAll(async () => {
    if (hasJavaAndMaven()) await kafka.stop();
  });
  beforeEach(() => {
    env = { ...env, KAFKA_BROKERS: kafka.brokers.join(',') };
  });

  itNeedsBroker('are told what to do while topics are missing; `topics create` makes them', async () => {
    const early = await runLeakwatch(['run', 'alerting'], { env });
    expect([early.code, early.stderr]).toEqual([2, expect.stringMatching(/`leakwatch topics create`/)]);
    const checked = await runLeakwatch(['topics', 'check'], { env });
    expect([checked.code, checked.stderr]).toEqual([2, expect.stringMatching(/fingerprints is missing/)]);

    const created = await runLeakwatch(['topics', 'create'], { env });
    expect([created.code, created.stdout.split('\n').length]).toEqual([0, 6]);
    expect((await runLeakwatch(['topics', 'check'], { env })).code).toBe(0);

    const other = ['--partitions', '24', '--retention', 'posts=3', '--retention', 'alerts=5'];
    const mismatch = await runLeakwatch(['topics', 'check', ...other], { env });
    expect(mismatch.code).toBe(2);
    expect(mismatch.stdout).toMatch(/^posts +partitions +24 +12 *$/m);
    expect(mismatch.stdout).toMatch(/^alerts +retention\.ms +432000000 +\d+ *$/m);
  });

  itNeedsBroker('wait for brokers that are away at their start', async () => {
    const [host = '', port = ''] = kafka.brokers[0]?.split(':') ?? [];
    const late = await awayAt(host, port);
    const settings = { KAFKA_BROKERS: `127.0.0.1:${late.port}` };
    const { matcher } = await waitsForIt(late, settings, /Kafka: .*ECONNREFUSED/);
    expect(await stopServices([matcher])).toEqual([0]);
  });

  itNeedsBroker('find a planted leak together', findsPlantedLeak);
  itNeedsBroker('share the work of one kind, and what one leaves the other takes over', sharesWork);

  itNeedsBroker('refuse to start without a database to share', async () => {
    const { code, stderr } = await runLeakwatch(['run', 'matcher'], { env: { ...env, DATABASE_URL: '' } });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/DATABASE_URL: is missing/)]);
  });
});
