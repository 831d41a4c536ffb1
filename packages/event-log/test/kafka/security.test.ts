import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect } from 'vitest';
import { isCaughtUp, numberedRecords, textOf, uniqueName, waitFor } from '../../contract-tests/harness.ts';
import { createKafkaEventLog, ensureTopics, type KafkaConnectionOptions } from '../../kafka/index.ts';
import { itNeedsLocalKafka, type LocalKafka, startLocalKafka } from '../../testing/index.ts';
import { TEST_SETTINGS } from '../support/open-kafka-log.ts';

const run = promisify(execFile);
const KEY_PASSWORD = 'a password of the test';

let folder: string;
let kafka: LocalKafka;
/** The broker's own certificate: who trusts it needs no other authority. */
let certificate: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-kafka-tls-'));
  const keystore = path.join(folder, 'broker.p12');
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', KEY_PASSWORD];
  await run('keytool', [
    '-genkeypair',
    ...store,
    ...['-alias', 'broker', '-keyalg', 'EC', '-validity', '2'],
    ...['-dname', 'CN=kafka.test', '-ext', 'SAN=ip:127.0.0.1,dns:kafka.test'],
  ]);
  ({ stdout: certificate } = await run('keytool', ['-exportcert', '-rfc', '-alias', 'broker', ...store]));
  kafka = await startLocalKafka({
    secure: { keystore: { file: keystore, password: KEY_PASSWORD }, users: { leakwatch: 'right' } },
  });
});
afterAll(async () => {
  await kafka.stop();
  await rm(folder, { recursive: true, force: true });
});

function connection(change: Partial<KafkaConnectionOptions> = {}): KafkaConnectionOptions {
  return {
    brokers: kafka.secureBrokers,
    clientId: TEST_SETTINGS.clientId,
    tls: { ca: certificate },
    sasl: { mechanism: 'plain', username: 'leakwatch', password: 'right' },
    ...change,
  };
}

itNeedsLocalKafka('over TLS and SASL everything works: topics, publish, a group, replay', async () => {
  const topic = uniqueName('topic');
  await ensureTopics(connection(), [{ topic, partitions: 3, replicationFactor: 1, config: {} }]);
  const log = await createKafkaEventLog({ ...TEST_SETTINGS, ...connection(), topics: [topic] });
  const records = numberedRecords(topic, 30, 5);
  await log.publish(records);
  const seen: string[] = [];
  const group = uniqueName('group');
  await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    handle: (batch) => Promise.resolve(void seen.push(...batch.records.map(textOf))),
  });
  await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
  expect(seen.toSorted()).toEqual(records.map(textOf).toSorted());
  await log.close();
});

itNeedsLocalKafka('a password that is never sent is enough, too: SCRAM', async () => {
  const sasl = { mechanism: 'scram-sha-512', username: 'leakwatch', password: 'right' } as const;
  const topic = uniqueName('topic');
  await ensureTopics(connection({ sasl }), [{ topic, partitions: 1, replicationFactor: 1, config: {} }]);
  const log = await createKafkaEventLog({ ...TEST_SETTINGS, ...connection({ sasl }), topics: [topic] });
  await log.publish(numberedRecords(topic, 3, 1));
  expect((await log.endOffsets(topic)).get(0)).toBe(3n);
  await log.close();
});

for (const mechanism of ['plain', 'scram-sha-512'] as const) {
  itNeedsLocalKafka(
    `a wrong password is refused, and no use is made of trying again: ${mechanism}`,
    async () => {
      const sasl = { mechanism, username: 'leakwatch', password: 'wrong' };
      const opening = createKafkaEventLog({ ...TEST_SETTINGS, ...connection({ sasl }), topics: ['posts'] });
      await expect(opening).rejects.toMatchObject({ code: 'log-refused', canRetry: false });
    },
  );
}

itNeedsLocalKafka('a broker with an untrusted certificate is refused', async () => {
  const opening = createKafkaEventLog({ ...TEST_SETTINGS, ...connection({ tls: {} }), topics: ['posts'] });
  await expect(opening).rejects.toThrow(/self.signed certificate/);
});
