/**
 * Counts what on-call staff hear of a database that goes away and comes back, in a real Prometheus with our rules. A minute is
 * fifteen times shorter, as in faults.test.ts.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Lifecycle, silentLogger } from '@leakwatch/runtime';
import { itNeeds } from '@leakwatch/runtime/testing';
import { openTestStore } from '@leakwatch/store/testing';
import { afterAll, expect } from 'vitest';
import { startTcpProxy } from '../delivery/harness/tcp-proxy.ts';
import { deliverPosts } from '../harness/deliver-posts.ts';
import { startLeakwatch } from '../harness/run-leakwatch.ts';
import { hasPrometheus } from './support/prometheus-tools.ts';
import { startPrometheus } from './support/start-prometheus.ts';
import {
  FACTOR,
  importWatchList,
  untilCanariesCome,
  untilNoPage,
  untilSettled,
  watchedEnvironment,
} from './support/watched-leakwatch.ts';

const lifecycle = new Lifecycle(silentLogger());
afterAll(() => lifecycle.stop(60_000));

const minutes = (count: number) => sleep((count * 60_000) / FACTOR);

itNeeds("Debian's package prometheus", hasPrometheus())(
  'two short outages leave no page and no ticket; a long one leaves one page',
  async () => {
    const store = await openTestStore();
    lifecycle.add({ name: 'store', stop: () => store.drop() });
    const network = await startTcpProxy(1);
    lifecycle.add({ name: 'network', stop: () => network.close() });
    const database = new URL(store.connectionString);
    network.leadTo(Number(database.port));
    database.port = String(network.port);
    const env = { ...watchedEnvironment(database.href), LEAKWATCH_DIGEST_HOURS: '0' };
    await importWatchList(env);
    const leakwatch = startLeakwatch(['up', '--ops-port', '0', '--webhook-port', '0'], { env });
    lifecycle.add({
      name: 'leakwatch',
      stop: async () => {
        leakwatch.kill('SIGTERM');
        await leakwatch.ended;
      },
    });
    const [, webhook = ''] = await leakwatch.untilSaid(/webhook +(http:\S+)\/v1\/posts/);
    const [, ops = ''] = await leakwatch.untilSaid(/metrics +http:\/\/(\S+)\/metrics/);
    const posts = ['ana', 'ben'].map((id) => ({ id: `hello-${id}`, author: { id }, text: 'good morning' }));
    expect((await deliverPosts(webhook, 'msg_hello', posts)).status).toBe(202);
    const prometheus = await startPrometheus(FACTOR, [ops]);
    lifecycle.add({ name: 'Prometheus', stop: () => prometheus.stop() });
    await untilSettled(prometheus);

    const outage = async (length: number) => {
      network.cut();
      await minutes(length);
      network.mend();
    };
    const fired = async (since: Date) => ({
      pages: await prometheus.firedSince('page', since),
      tickets: await prometheus.firedSince('ticket', since),
    });

    const short = new Date();
    await outage(0.75);
    await minutes(5);
    await outage(0.75);
    await untilCanariesCome(prometheus, new Date());
    // Longer than the longest window of a ticket.
    await minutes(27);
    const ofShort = await fired(short);

    const long = new Date();
    await outage(4);
    await untilCanariesCome(prometheus, new Date());
    await minutes(27);
    await untilNoPage(prometheus);
    expect({ ofShort, ofLong: await fired(long) }).toEqual({
      ofShort: { pages: [], tickets: [] },
      ofLong: { pages: ['LeakwatchDatabaseUnreachable'], tickets: [] },
    });
  },
);
