/** Three brokers with replicas: they restart one after the other, and one is killed, while posts come. */
import { createKafkaEventLog, ensureTopics, productTopics } from '@leakwatch/event-log/kafka';
import { hasJavaAndMaven, startLocalCluster } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect, onTestFinished } from 'vitest';
import { eventually } from '../harness/eventually.ts';

const TOPIC = 'posts';

itNeeds('Java and Maven', hasJavaAndMaven())(
  'three brokers: through a rolling restart and the loss of one, every acknowledged record is read once it is there',
  async () => {
    const cluster = await startLocalCluster({ brokers: 3 });
    onTestFinished(() => cluster.stop());
    const connection = { brokers: cluster.brokers, clientId: 'leakwatch-rolling-restart' };
    const [spec] = productTopics({ partitions: 6, replicationFactor: 3 });
    if (spec === undefined) throw new Error('posts come first');
    expect(await ensureTopics(connection, [spec])).toEqual({ created: [TOPIC], mismatches: [] });
    const log = await createKafkaEventLog({ ...connection, topics: [TOPIC] });
    onTestFinished(() => log.close());

    const seen = new Set<string>();
    const subscription = await log.subscribe({
      group: 'reader',
      topics: [TOPIC],
      startAt: 'earliest',
      handle: (batch) => {
        for (const { headers } of batch.records) seen.add(headers['n'] ?? '');
        return Promise.resolve();
      },
      onError: () => undefined,
    });
    const acknowledged: string[] = [];
    const publish = async () => {
      const n = String(acknowledged.length);
      await log.publish([{ topic: TOPIC, key: n, value: Buffer.from(n), headers: { n } }]);
      acknowledged.push(n);
    };
    let isOver = false;
    const publishing = (async () => {
      while (!isOver) await publish();
    })();

    for (const broker of [0, 1, 2]) {
      const before = acknowledged.length;
      await cluster.restart(broker);
      await eventually(() => Promise.resolve(acknowledged.length > before + 50 ? true : undefined));
    }
    await cluster.kill9(1);
    const before = acknowledged.length;
    await eventually(() => Promise.resolve(acknowledged.length > before + 50 ? true : undefined));
    isOver = true;
    await publishing;
    await eventually(() => Promise.resolve(acknowledged.every((n) => seen.has(n)) ? true : undefined));
    expect(subscription.delays().beat.forMs).toBeLessThan(30_000);
  },
);
