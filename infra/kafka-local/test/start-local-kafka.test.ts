import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect } from 'vitest';
import { hasJavaAndMaven, startLocalKafka } from '../index.ts';

const itWithJava = itNeeds('Java and Maven', hasJavaAndMaven());

/** Tells whether the port accepts connections. */
async function accepts(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  const socket = connect(Number(port), host);
  const taken = once(socket, 'connect').then(
    () => true,
    () => false,
  );
  return taken.finally(() => socket.destroy());
}

itWithJava('a broker serves where it says, ends by kill -9, and comes back on the same data', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leakwatch-kafka-test-'));
  const kafka = await startLocalKafka({ dataDir });
  try {
    expect(kafka.brokers).toEqual([kafka.listens]);
    expect(await accepts(kafka.listens)).toBe(true);
    await kafka.kill9();
    expect(await accepts(kafka.listens)).toBe(false);
    await kafka.restart();
    expect(await accepts(kafka.listens)).toBe(true);
    await kafka.stop();

    const again = await startLocalKafka({ dataDir, advertised: 'proxy.test:1234' });
    expect(again.brokers).toEqual(['proxy.test:1234']);
    expect(await accepts(again.listens)).toBe(true);
    await again.stop();
  } finally {
    await kafka.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
