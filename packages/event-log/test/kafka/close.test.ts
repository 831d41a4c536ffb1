import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { numberedRecords, uniqueName, waitFor } from '../../contract-tests/harness.ts';
import { createKafkaEventLog } from '../../kafka/index.ts';
import { itNeedsLocalKafka, startLocalKafka } from '../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../support/open-kafka-log.ts';

itNeedsLocalKafka('a log that is closed, at whatever moment, leaves no connection open', async () => {
  const open = new Set<Socket>();
  let target = '';
  const server = createServer((client) => {
    const [host, port] = target.split(':');
    const broker = connect(Number(port), host);
    open.add(client);
    client.on('close', () => void open.delete(client));
    for (const [from, to] of [
      [client, broker],
      [broker, client],
    ] as const) {
      from.on('error', () => undefined).on('close', () => void to.destroy());
      from.pipe(to);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  const kafka = await startLocalKafka({ advertised: `127.0.0.1:${address.port}` });
  target = kafka.listens;
  try {
    const topic = uniqueName('topic');
    await createTestTopic(kafka.brokers, topic, 3);
    for (let round = 0; round < 40; round++) {
      const log = await createKafkaEventLog({ ...TEST_SETTINGS, brokers: kafka.brokers, topics: [topic] });
      const subscribing = log.subscribe({
        group: uniqueName('group'),
        topics: [topic],
        startAt: 'earliest',
        handle: () => Promise.resolve(),
        onError: () => undefined,
      });
      // Closing may come before it has joined: then it is refused.
      subscribing.catch(() => undefined);
      if (round % 2 === 0) await log.publish(numberedRecords(topic, 3, 3));
      await sleep(round * 3);
      await log.close();
      await Promise.allSettled([subscribing]);
    }
    await waitFor('all connections to end', () => open.size === 0);
    await sleep(1000);
    expect(open.size).toBe(0);
  } finally {
    await kafka.stop();
    for (const socket of open) socket.destroy();
    server.close();
  }
});
