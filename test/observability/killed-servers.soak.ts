/**
 * Counts what on-call staff hear while two processes, Kafka and Postgres are killed and come back, in a real Prometheus with our
 * rules. Each is away once for so short that it mends itself, and once for longer. Minutes are shorter here, but less than in the other
 * tests: clients of Kafka take the time that they take. Thirty minutes in all; `FAULTS=Kafka` runs those of one kind.
 *
 * `RULES_BEFORE` names a folder with other rules, such as those of an earlier commit: a second Prometheus watches by them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, hasJavaAndMaven, startLocalKafka } from '@leakwatch/kafka-local';
import { Lifecycle, silentLogger } from '@leakwatch/runtime';
import { itNeeds } from '@leakwatch/runtime/testing';
import { afterAll, expect } from 'vitest';
import { ORDINARY_ROLE, PROGRAMS, startPostgres } from '../harness/postgres-server.ts';
import { deliverPosts } from '../harness/deliver-posts.ts';
import { runLeakwatch, startLeakwatch, type LeakwatchProcess } from '../harness/run-leakwatch.ts';
import { watchNotifications, type Notifications } from './support/notifications.ts';
import { hasPrometheus } from './support/prometheus-tools.ts';
import { startPrometheus, type Prometheus } from './support/start-prometheus.ts';
import {
  importWatchList,
  untilCanariesCome,
  untilSettled,
  watchedEnvironment,
} from './support/watched-leakwatch.ts';

const FACTOR = 4;
/** Longer than the windows that look back. */
const SETTLING = 15;
/** A broker takes one to two such minutes to start, beside. */
const SHORT = 0.25;
const LONG = 6;

/** Two of each that several may share; the first of both are killed. */
const SERVICES = ['ingest', 'matcher', 'matcher', 'alerting', 'alerting'] as const;
const KILLED = [1, 3];

const lifecycle = new Lifecycle(silentLogger());
afterAll(() => lifecycle.stop(60_000));

const minutes = (count: number) => sleep((count * 60_000) / FACTOR);

itNeeds('Prometheus, Postgres, Java and Maven', hasPrometheus() && PROGRAMS !== null && hasJavaAndMaven())(
  'what mends itself calls nobody, and a fault that lasts calls once',
  async () => {
    const postgres = await startPostgres();
    await postgres.run(ORDINARY_ROLE);
    const kafka = await startLocalKafka();
    lifecycle.add({ name: 'Kafka', stop: () => kafka.stop() });
    const env = {
      ...watchedEnvironment(postgres.url('leakwatch', 'leakwatch'), FACTOR),
      KAFKA_BROKERS: kafka.brokers.join(','),
      LEAKWATCH_DIGEST_HOURS: '0',
    };
    const made = await runLeakwatch(['topics', 'create', '--partitions', '4'], { env });
    expect([made.code, made.code === 0 ? '' : made.stderr]).toEqual([0, '']);
    await importWatchList(env);
    const ports = await freePorts(SERVICES.length);
    const running: LeakwatchProcess[] = [];
    const start = async (index: number) => {
      const service = SERVICES[index] ?? '';
      const port = [
        '--ops-port',
        String(ports[index]),
        ...(service === 'ingest' ? ['--webhook-port', '0'] : []),
      ];
      const started = startLeakwatch(['run', service, ...port], { env });
      running[index] = started;
      await started.untilSaid(/"msg":"started"/);
    };
    lifecycle.add({
      name: 'services',
      stop: async () => {
        for (const one of running) one.kill('SIGKILL');
        await Promise.all(running.map(({ ended }) => ended));
      },
    });
    await Promise.all(SERVICES.map((_service, index) => start(index)));
    const [, webhook = ''] = /"webhook":"([^"]+)"/.exec(running[0]?.stderr() ?? '') ?? [];
    const posts = ['ana', 'ben'].map((id) => ({ id: `hello-${id}`, author: { id }, text: 'good morning' }));
    expect((await deliverPosts(webhook, 'msg_hello', posts)).status).toBe(202);

    const targets = ports.map((port) => `127.0.0.1:${port}`);
    const watch = async (rules?: string): Promise<[Prometheus, Notifications]> => {
      const prometheus = await startPrometheus(FACTOR, targets, rules);
      lifecycle.add({ name: 'Prometheus', stop: () => prometheus.stop() });
      await untilSettled(prometheus);
      const notifications = watchNotifications(prometheus);
      lifecycle.add({ name: 'count of notifications', stop: () => notifications.stop() });
      return [prometheus, notifications];
    };
    const [prometheus, now] = await watch();
    const rulesBefore = process.env['RULES_BEFORE'];
    const before = rulesBefore === undefined ? null : (await watch(rulesBefore))[1];

    const faults: Record<string, [() => Promise<unknown>, () => Promise<unknown>]> = {
      'two processes': [
        async () => {
          const killed = running.filter((_one, index) => KILLED.includes(index));
          for (const one of killed) one.kill('SIGKILL');
          await Promise.all(killed.map(({ ended }) => ended));
        },
        () => Promise.all(KILLED.map(start)),
      ],
      Kafka: [() => kafka.kill9(), () => kafka.restart()],
      Postgres: [() => postgres.crash(), () => postgres.start()],
    };
    const cases: [name: string, length: number, expected: string[]][] = [
      ['two processes', SHORT, []],
      ['Kafka', SHORT, []],
      ['Postgres', SHORT, []],
      ['two processes', LONG, ['ticket LeakwatchProcessDown', 'ticket LeakwatchProcessDown']],
      ['Kafka', LONG, ['page LeakwatchDatabaseUnreachable']],
      ['Postgres', LONG, ['page LeakwatchDatabaseUnreachable']],
    ];
    const wanted = process.env['FAULTS'];
    const chosen = cases.filter(([name]) => wanted === undefined || name === wanted);
    const heard: typeof cases = [];
    for (const [name, length] of chosen) {
      const [kill, restore] = faults[name]!;
      now.take();
      before?.take();
      await kill();
      await minutes(length);
      await restore();
      await untilCanariesCome(prometheus, new Date());
      await minutes(SETTLING);
      const own = now.take();
      heard.push([name, length, own]);
      const toldBefore = before === null ? {} : { before: before.take() };
      process.stderr.write(
        `${JSON.stringify({ fault: `${name}, ${length} min`, ...toldBefore, now: own })}\n`,
      );
    }
    expect(heard).toEqual(chosen);
  },
);
