/**
 * A real Prometheus watches a real `leakwatch up` through real faults. Minutes are fifteen times shorter: in the rules by
 * `shortenMinutes`, in the canary by its setting. Everything else is as in production.
 *
 * The faults follow each other in one installation, those that send no page first.
 */
import { freePorts } from '@leakwatch/kafka-local';
import { Lifecycle, silentLogger } from '@leakwatch/runtime';
import { itNeeds } from '@leakwatch/runtime/testing';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openLogAt } from '../delivery/harness/open-log-at.ts';
import { makePosts, recordOf } from '../delivery/harness/made-posts.ts';
import { startTcpProxy, type TcpProxy } from '../delivery/harness/tcp-proxy.ts';
import { deliverPosts } from '../harness/deliver-posts.ts';
import { startLeakwatch } from '../harness/run-leakwatch.ts';
import { hasPrometheus, promtool } from './support/prometheus-tools.ts';
import { queriesOf, readDashboards } from './support/read-dashboards.ts';
import { readRunbooks } from './support/read-runbooks.ts';
import { startPrometheus, type Prometheus } from './support/start-prometheus.ts';
import {
  FACTOR,
  importWatchList,
  keepPosting,
  startRefusingReceiver,
  untilCanariesCome,
  untilFires,
  untilNoPage,
  untilSettled,
  watchedEnvironment,
} from './support/watched-leakwatch.ts';

const itNeedsPrometheus = itNeeds("Debian's package prometheus", hasPrometheus());

const lifecycle = new Lifecycle(silentLogger());
let store: TestStore;
let network: TcpProxy;
let webhook: string;
/** `127.0.0.1:9464` */
let ops: string;
let prometheus: Prometheus;

beforeAll(async () => {
  if (!hasPrometheus()) return;
  store = await openTestStore();
  lifecycle.add({ name: 'store', stop: () => store.drop() });
  network = await startTcpProxy(1);
  lifecycle.add({ name: 'network', stop: () => network.close() });
  const database = new URL(store.connectionString);
  network.leadTo(Number(database.port));
  database.port = String(network.port);
  const receiver = lifecycle.add(await startRefusingReceiver());
  const env = {
    ...watchedEnvironment(database.href),
    LEAKWATCH_MEDIA_ALLOW_PRIVATE: '1',
    LEAKWATCH_ALERT_WEBHOOK_URL: receiver.url,
    LEAKWATCH_DIGEST_HOURS: '0',
  };
  await importWatchList(env);

  const leakwatch = startLeakwatch(['up', '--ops-port', '0', '--webhook-port', '0'], { env });
  lifecycle.add({
    name: 'leakwatch',
    stop: async () => {
      leakwatch.kill('SIGTERM');
      await leakwatch.ended;
    },
  });
  [, webhook = ''] = await leakwatch.untilSaid(/webhook +(http:\S+)\/v1\/posts/);
  [, ops = ''] = await leakwatch.untilSaid(/metrics +http:\/\/(\S+)\/metrics/);
  const posts = ['ana', 'ben'].map((id) => ({ id: `hello-${id}`, author: { id }, text: 'good morning' }));
  expect((await deliverPosts(webhook, 'msg_hello', posts)).status).toBe(202);
  prometheus = await startPrometheus(FACTOR, [ops]);
  lifecycle.add({ name: 'Prometheus', stop: () => prometheus.stop() });
});

afterAll(() => lifecycle.stop(60_000));

describe('a Prometheus that watches `leakwatch up`', () => {
  itNeedsPrometheus('reaches it, evaluates every rule without an error, and pages no person', async () => {
    await untilSettled(prometheus);
    const since = new Date();
    await untilCanariesCome(prometheus, since);
    expect((await prometheus.query('up')).map(({ value }) => value)).toEqual([1]);
    const rules = await prometheus.rules();
    expect(rules.length).toBeGreaterThan(40);
    expect(rules.filter(({ lastError }) => lastError !== undefined)).toEqual([]);
    const stages = await prometheus.query('stage:leakwatch_heartbeat_age:seconds');
    expect(stages.map(({ labels }) => labels.stage)).toEqual(
      expect.arrayContaining(['ingest', 'matcher-text', 'matcher-image', 'alerting']),
    );
    expect(await prometheus.pagesSince(since)).toEqual([]);
  });

  itNeedsPrometheus('has nothing to say against the metrics as they are served', async () => {
    const served = await (await fetch(`http://${ops}/metrics`)).text();
    expect(served).toMatch(/^leakwatch_canary_latency_seconds_count\{lane="image"\} \d+$/m);
    expect(promtool(['check', 'metrics'], served)).toEqual({ code: 0, said: '' });
  });

  itNeedsPrometheus('reads every query of the dashboards and the runbooks', async () => {
    const queries = [
      ...[...readDashboards().values()].flatMap(queriesOf),
      ...readRunbooks().flatMap((runbook) => runbook.queries),
    ];
    expect(queries.length).toBeGreaterThan(80);
    for (const query of queries) await expect(prometheus.query(query)).resolves.toBeInstanceOf(Array);
  });

  itNeedsPrometheus('opens a ticket where a creator is not heard any more, and pages no person', async () => {
    const since = new Date();
    expect(await prometheus.query('sum(tier:leakwatch_creators_silent:count)')).toMatchObject([{ value: 0 }]);
    // Moves her last post eight days back.
    await store.pool.query(
      "UPDATE account_heard SET last_heard_at = last_heard_at - interval '8 days' WHERE creator_id = 'ana'",
    );
    const alert = await untilFires(prometheus, 'LeakwatchCreatorsSilent');
    expect(alert.labels.severity).toBe('ticket');
    expect(JSON.stringify(alert)).not.toMatch(/ana\b/);
    expect(await prometheus.pagesSince(since)).toEqual([]);
  });

  itNeedsPrometheus('opens a ticket where a host of media is dead, and pages no person', async () => {
    const since = new Date();
    const [deadPort = 0] = await freePorts(1);
    const posting = keepPosting(webhook, 'pictures', (n) => ({
      text: 'my new kitchen',
      media: [{ url: `http://127.0.0.1:${deadPort}/${n}.jpg`, mime: 'image/jpeg' }],
    }));
    const alert = await untilFires(prometheus, 'LeakwatchMediaFailing');
    await posting.stop();
    expect(alert.labels.severity).toBe('ticket');
    const { runbook_url: runbook = '' } = alert.annotations;
    expect(runbook).toBe(`http://${ops}/docs/runbooks/LeakwatchMediaFailing.md`);
    expect(await (await fetch(runbook)).text()).toContain(
      '<h1 id="leakwatchmediafailing">LeakwatchMediaFailing</h1>',
    );
    expect(await prometheus.pagesSince(since)).toEqual([]);
  });

  itNeedsPrometheus('opens a ticket for unreadable records, and pages no person', async () => {
    const since = new Date();
    const log = await openLogAt({
      kind: 'postgres',
      connectionString: store.connectionString,
      sessionMs: 10_000,
      answerMs: 10_000,
    });
    const poison = makePosts(8)(5).map((post) => ({ ...recordOf(post), value: Buffer.from('{"id": ') }));
    await log.publish(poison);
    await log.close();
    const alert = await untilFires(prometheus, 'LeakwatchDeadLettersGrowing', { stage: 'matcher-text' });
    expect(alert.annotations.summary).toContain('5');
    expect(await prometheus.pagesSince(since)).toEqual([]);
  });

  itNeedsPrometheus(
    'pages once where the database is away, and for nothing that stands still for it',
    async () => {
      await untilNoPage(prometheus);
      const since = new Date();
      network.cut();
      await untilFires(prometheus, 'LeakwatchDatabaseUnreachable');
      // Long enough for every stage and the canary to pass all their limits.
      await expect
        .poll(() => prometheus.query(`lane:leakwatch_canary_age:seconds > ${8 * (60 / FACTOR)}`), {
          timeout: 100_000,
        })
        .toHaveLength(2);
      expect(await prometheus.pagesSince(since)).toEqual(['LeakwatchDatabaseUnreachable']);
      network.mend();
      await untilCanariesCome(prometheus, new Date());
      await untilNoPage(prometheus);
      expect(await prometheus.pagesSince(since)).toEqual(['LeakwatchDatabaseUnreachable']);
    },
  );

  itNeedsPrometheus('pages once where the receiver of notices takes none', async () => {
    const since = new Date();
    const posting = keepPosting(webhook, 'leaks', (n) => ({ text: `Quillon Ember, number ${n}` }));
    const alert = await untilFires(prometheus, 'LeakwatchNotificationsFailing', { channel: 'webhook' });
    await posting.stop();
    expect(JSON.stringify(alert)).not.toMatch(/Quillon|Ember|launch/i);
    expect(await prometheus.pagesSince(since)).toEqual(['LeakwatchNotificationsFailing webhook']);

    const raised = await prometheus.alerts();
    expect(raised.length).toBeGreaterThan(3);
    for (const { annotations } of raised)
      expect(JSON.stringify(annotations)).not.toMatch(/<error|<no value>/);
  });
});
