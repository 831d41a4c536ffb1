/** The broker of docker-compose.yml, with its variables as they stand there, and the services as the users that it gives them. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { freePorts, hasJavaAndMaven, startLocalKafka } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { openTestStore } from '@leakwatch/store/testing';
import { expect, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { deliverPosts, WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { eventually } from '../harness/eventually.ts';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { startService, stopServices } from '../harness/service-processes.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

// Seven processes and a broker start, one after the other in part.
vi.setConfig({ testTimeout: 300_000 });

const WATCH_LIST = `campaigns:
  - id: launch
    name: Launch
    embargo: { liftsAt: 2099-01-01T00:00:00Z }
    terms: [{ id: name, text: Quillon Ember }]
creators:
  - { id: ana, accounts: [{ platform: webhook, handle: ana }] }
`;

const Service = z.object({
  command: z.array(z.coerce.string()).default([]),
  environment: z.record(z.string(), z.coerce.string()).default({}),
});
const { services } = z
  .object({ services: z.record(z.string(), Service) })
  .parse(parse(readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8'), { merge: true }));

/** The service's variables of Kafka, with passwords as an operator chooses them. */
function kafkaVariables(service: string): [string, string][] {
  const variables = Object.entries(services[service]?.environment ?? {});
  return variables.flatMap(([name, value]): [string, string][] => {
    const filled = value.replaceAll(
      /\$\{(KAFKA_\w+_PASSWORD)[^}]*\}/g,
      (_whole, of: string) => `secret-of-${of}`,
    );
    return name.startsWith('KAFKA_') ? [[name, filled]] : [];
  });
}

/** Turns the broker's variables into properties, as its image does. */
function brokerProperties(): Record<string, string> {
  return Object.fromEntries(
    kafkaVariables('kafka')
      .filter(([name]) => name !== 'KAFKA_HEAP_OPTS')
      .map(([name, value]) => [name.slice('KAFKA_'.length).toLowerCase().replaceAll('_', '.'), value]),
  );
}

async function startComposedKafka() {
  const [port = 0, brokerPort = 0, controllerPort = 0] = await freePorts(3);
  const placed = (value: string) =>
    value
      .replaceAll(/(?:kafka)?:9092/g, `127.0.0.1:${port}`)
      .replaceAll(':9094', `:${brokerPort}`)
      .replaceAll(':9093', `:${controllerPort}`);
  const properties = Object.entries(brokerProperties()).flatMap(([name, value]): [string, string][] => {
    // Its place in a cluster is given by bootstrapping here, and its folder is the test's.
    if (name === 'log.dirs' || name === 'controller.quorum.voters') return [];
    return [[name, placed(value)]];
  });
  return startLocalKafka({
    port,
    properties: {
      ...Object.fromEntries(properties),
      'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    },
  });
}

/** Settings of a service that reaches this broker as its user. */
function settingsOf(
  service: string,
  brokers: readonly string[],
  databaseUrl: string,
): Record<string, string> {
  return {
    ...Object.fromEntries(kafkaVariables(service)),
    KAFKA_BROKERS: brokers.join(','),
    DATABASE_URL: databaseUrl,
    LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET,
  };
}

itNeeds('Java and Maven', hasJavaAndMaven())(
  'each service of docker-compose.yml signs in as a user that may use its topics and groups, and no others',
  async () => {
    const store = await openTestStore();
    onTestFinished(() => store.drop());
    const kafka = await startComposedKafka();
    onTestFinished(() => kafka.stop());
    const env = (service: string) => settingsOf(service, kafka.brokers, store.connectionString);

    const created = await runLeakwatch(services['topics']?.command.map(withDefaults) ?? [], {
      env: env('topics'),
    });
    expect([created.code, created.stderr]).toEqual([0, expect.stringMatching(/granted: ingest, matcher, /)]);
    const list = path.join(await temporaryFolder(), 'list.yaml');
    await writeFile(list, WATCH_LIST);
    expect((await runLeakwatch(['watchlist', 'import', list], { env: env('leakwatch') })).code).toBe(0);

    const names = ['ingest', 'matcher-text', 'matcher-image', 'alerting', 'rescan'];
    const running = await Promise.all(
      names.map((name) => startService(services[name]?.command.slice(1) ?? [], { env: env(name) })),
    );
    const posts = [{ id: 'leak', author: { id: 'a1', handle: 'ana' }, text: 'look: Quillon Ember' }];
    expect((await deliverPosts(running[0]?.webhook ?? '', 'msg_1', posts)).status).toBe(202);
    await eventually(async () =>
      (await listAlerts(store.pool, { limit: 10 })).length > 0 ? true : undefined,
    );
    for (const [at, { ops }] of running.entries()) {
      const answer = await eventually(async () => {
        const ready = await fetch(`${ops}/readyz`);
        return ready.ok ? ready : undefined;
      });
      expect([names[at], answer.status]).toEqual([names[at], 200]);
    }
    const command = { env: env('leakwatch') };
    const rescan = ['rescan', 'start', '--campaign', 'launch', '--since', '2020-01-01', '--wait'];
    expect(await runLeakwatch(rescan, command)).toMatchObject({ code: 0 });
    expect(await runLeakwatch(['dead-letters', 'list'], command)).toMatchObject({ code: 0 });
    expect(await stopServices(running)).toEqual(names.map(() => 0));
    for (const service of running) expect(service.stderr()).not.toMatch(/authoriz/i);

    const inTheNameOf = await runLeakwatch(['run', 'alerting', '--ops-port', '0'], {
      env: { ...env('ingest'), LEAKWATCH_WEBHOOK_SECRETS: '' },
    });
    expect([inTheNameOf.code, inTheNameOf.stderr]).toEqual([70, expect.stringMatching(/[Nn]ot authorized/)]);
    const stranger = await runLeakwatch(['topics', 'check'], {
      env: { ...env('leakwatch'), KAFKA_SASL_PASSWORD: 'guessed' },
    });
    expect([stranger.code, stranger.stderr]).toEqual([70, expect.stringMatching(/SASL|[Aa]uthentication/)]);
  },
);

/** Expands `${NAME:-default}` as Compose does without any variable set. */
function withDefaults(word: string): string {
  return word.replace(/^\$\{\w+:-(.*)\}$/, '$1');
}
