import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SettingsError } from '@leakwatch/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadKafkaConfig } from '../kafka-config.ts';

const BROKERS = { KAFKA_BROKERS: 'one:9092, two:9093,[::1]:9094' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function pem(name: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `the ${name}`);
  return file;
}

describe('the settings of Kafka', () => {
  it('are none where no broker is named', () => {
    expect(loadKafkaConfig({})).toBeNull();
    expect(loadKafkaConfig({ KAFKA_BROKERS: '', KAFKA_SSL: '1' })).toBeNull();
  });

  it('name brokers, and leave out what is not asked for', () => {
    expect(loadKafkaConfig(BROKERS)).toEqual({
      brokers: ['one:9092', 'two:9093', '[::1]:9094'],
      clientId: 'leakwatch',
      sessionTimeoutMs: 30_000,
    });
  });

  it('read certificates from their files; one says that TLS is meant, unless it is said otherwise', async () => {
    const files = {
      KAFKA_SSL_CA: await pem('ca'),
      KAFKA_SSL_CERT: await pem('cert'),
      KAFKA_SSL_KEY: await pem('key'),
    };
    expect(loadKafkaConfig({ ...BROKERS, ...files })).toMatchObject({
      tls: { ca: 'the ca', cert: 'the cert', key: 'the key' },
    });
    expect(loadKafkaConfig({ ...BROKERS, KAFKA_SSL: 'yes' })).toMatchObject({ tls: {} });
    expect(loadKafkaConfig({ ...BROKERS, ...files, KAFKA_SSL: 'no' })).not.toHaveProperty('tls');
  });

  it('hold a name and a password for SASL', () => {
    const sasl = {
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'leakwatch',
      KAFKA_SASL_PASSWORD: 'hunter2',
    };
    expect(loadKafkaConfig({ ...BROKERS, ...sasl })).toMatchObject({
      sasl: { mechanism: 'scram-sha-512', username: 'leakwatch', password: 'hunter2' },
    });
  });

  it.each([
    [{ KAFKA_BROKERS: 'one' }, /KAFKA_BROKERS: must be host:port/],
    [{ KAFKA_BROKERS: 'one:9092,' }, /KAFKA_BROKERS: must be host:port/],
    [
      { ...BROKERS, KAFKA_SSL_CA: '/nowhere/ca.pem' },
      /KAFKA_SSL_CA: names a file that can't be read \(ENOENT\)/,
    ],
    [{ ...BROKERS, KAFKA_SASL_MECHANISM: 'gssapi' }, /KAFKA_SASL_MECHANISM: must be plain, scram/],
    [{ ...BROKERS, KAFKA_SASL_PASSWORD: 'hunter2' }, /set all three or none/],
    [{ ...BROKERS, KAFKA_SESSION_TIMEOUT_MS: '5' }, /KAFKA_SESSION_TIMEOUT_MS: must be from 1000/],
  ])('are refused where they make no sense, without their values: %#', (env, problem) => {
    expect(() => loadKafkaConfig(env)).toThrow(SettingsError);
    expect(() => loadKafkaConfig(env)).toThrow(problem);
    expect(() => loadKafkaConfig(env)).not.toThrow(/hunter2|nowhere/);
  });

  it('need a certificate and its key together', async () => {
    const cert = await pem('cert');
    expect(() => loadKafkaConfig({ ...BROKERS, KAFKA_SSL_CERT: cert })).toThrow(/set both or neither/);
  });
});
