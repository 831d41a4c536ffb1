/** Starts against a broker whose certificate no longer counts: an error that waiting does not mend is told at once. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';
import { itNeedsLocalKafka } from '@leakwatch/event-log/testing';
import { UsageError } from '@leakwatch/runtime';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { afterAll, beforeAll, expect } from 'vitest';
import { openLog } from '../open-log.ts';
import { waitUntilReachable } from '../wait-until-reachable.ts';

const run = promisify(execFile);
const PASSWORD = 'a password of the test';

let folder: string;
let store: TestStore;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-test-'));
  store = await openTestStore();
});
afterAll(async () => {
  await store.drop();
  await rm(folder, { recursive: true });
});

/** A certificate of two days, and a server that shows it. */
async function serve(name: string, startdate: string): Promise<{ server: Server; port: number; ca: string }> {
  const keystore = path.join(folder, `${name}.p12`);
  const own = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', PASSWORD, '-alias', 'broker'];
  const about = ['-dname', 'CN=kafka.test', '-ext', 'SAN=ip:127.0.0.1'];
  await run('keytool', [
    '-genkeypair',
    ...own,
    '-keyalg',
    'EC',
    '-validity',
    '2',
    '-startdate',
    startdate,
    ...about,
  ]);
  const { stdout: ca } = await run('keytool', ['-exportcert', '-rfc', ...own]);
  const server = createServer({ pfx: await readFile(keystore), passphrase: PASSWORD });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return { server, port: address.port, ca };
}

itNeedsLocalKafka('an expired or unknown certificate is named, with the setting to look at', async () => {
  const expired = await serve('expired', '-9d');
  const unknown = await serve('unknown', '-1d');
  const open = (port: number, ca: string) =>
    waitUntilReachable(() => undefined)(() =>
      openLog(
        { brokers: [`127.0.0.1:${port}`], clientId: 'leakwatch-test', sessionTimeoutMs: 30_000, tls: { ca } },
        store,
      ),
    );
  try {
    await expect(open(expired.port, expired.ca)).rejects.toThrow(UsageError);
    await expect(open(expired.port, expired.ca)).rejects.toThrow(
      /certificate has expired: KAFKA_SSL_CA names/,
    );
    await expect(open(unknown.port, expired.ca)).rejects.toThrow(
      /self-signed certificate: KAFKA_SSL_CA names/,
    );
  } finally {
    expired.server.close();
    unknown.server.close();
  }
});
