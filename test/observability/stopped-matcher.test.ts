/**
 * Kills one of several service processes. A real Prometheus, with minutes fifteen times shorter, pages for the stage that
 * stands still, and not for its consequences.
 */
import { itNeeds } from '@leakwatch/runtime/testing';
import { openTestStore } from '@leakwatch/store/testing';
import { expect, onTestFinished } from 'vitest';
import { startLeakwatch } from '../harness/run-leakwatch.ts';
import { startServices, stopServices } from '../harness/service-processes.ts';
import { hasPrometheus } from './support/prometheus-tools.ts';
import { startPrometheus } from './support/start-prometheus.ts';
import {
  FACTOR,
  importWatchList,
  untilFires,
  untilNoPage,
  untilSettled,
  watchedEnvironment,
} from './support/watched-leakwatch.ts';

const itNeedsPrometheus = itNeeds("Debian's package prometheus", hasPrometheus());

const TEXT = ['matcher', '--lane', 'text'];

itNeedsPrometheus(
  'a matcher that is killed pages once, with its process as a ticket, until one is back',
  async () => {
    const store = await openTestStore();
    onTestFinished(() => store.drop());
    const env = watchedEnvironment(store.connectionString);
    await importWatchList(env);
    const services = await startServices(env, [
      TEXT,
      ['matcher', '--lane', 'image'],
      ['alerting'],
      ['ingest'],
    ]);
    onTestFinished(async () => {
      await stopServices(services);
    });
    const addresses = services.map(({ ops }) => new URL(ops).host);
    const prometheus = await startPrometheus(FACTOR, addresses);
    onTestFinished(() => prometheus.stop());
    await untilSettled(prometheus);
    const since = new Date();

    services[0]?.kill('SIGKILL');
    await untilFires(prometheus, 'LeakwatchStageStalled', { stage: 'matcher-text' });
    const ticket = await untilFires(prometheus, 'LeakwatchProcessDown');
    expect(ticket.labels).toMatchObject({ severity: 'ticket', instance: addresses[0] });

    // Uses the dead process's port, so that Prometheus finds it.
    const port = new URL(services[0]?.ops ?? '').port;
    const successor = startLeakwatch(['run', ...TEXT, '--ops-port', port], { env });
    onTestFinished(() => {
      successor.kill('SIGKILL');
    });
    await successor.untilSaid(/"msg":"started"/);
    await untilNoPage(prometheus);
    expect(await prometheus.pagesSince(since)).toEqual(['LeakwatchStageStalled matcher-text']);
    expect(await stopServices([successor])).toEqual([0]);
  },
);
