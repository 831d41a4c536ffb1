import { afterEach, beforeEach, expect } from 'vitest';
import { numberedRecords, uniqueName, waitFor } from '../../../contract-tests/harness.ts';
import { createKafkaEventLog } from '../../../kafka/index.ts';
import { createKafkaCluster } from '../../../kafka/cluster/kafka-cluster.ts';
import { fetchRecords } from '../../../kafka/records/fetch-records.ts';
import { createLineage } from '../../../kafka/records/lineage.ts';
import { itNeedsLocalKafka, type LocalKafka, startLocalKafka } from '../../../testing/index.ts';
import { createTestTopic, TEST_SETTINGS } from '../../support/open-kafka-log.ts';

let kafka: LocalKafka;
beforeEach(async () => {
  kafka = await startLocalKafka();
});
afterEach(() => kafka.stop());

itNeedsLocalKafka(
  'the leader after an election tells where the epoch before ended: a reader that had read past that learns it',
  async () => {
    const topic = uniqueName('topic');
    await createTestTopic(kafka.brokers, topic, 1);
    const log = await createKafkaEventLog({ ...TEST_SETTINGS, brokers: kafka.brokers, topics: [topic] });
    const cluster = createKafkaCluster({ brokers: kafka.brokers, clientId: 'leakwatch-test' });
    try {
      await log.publish(numberedRecords(topic, 3, 1));
      await kafka.kill9();
      await kafka.restart();
      await waitFor('the log to take more', () =>
        log.publish(numberedRecords(topic, 2, 1)).then(
          () => true,
          () => false,
        ),
      );
      const want = { topic, partition: 0, from: 0n };
      const [leader = ''] = (await cluster.byLeader([want])).keys();
      const limits = { maxWaitMs: 500, partitionBytes: 100_000 };
      const [all] = await fetchRecords(cluster, leader, [want], limits);
      if (all?.epochs === null || all === undefined) throw new Error('the broker gave nothing');
      const { first, last } = all.epochs;
      expect([last > first, all.next]).toEqual([true, 5n]);

      const before = (next: bigint) => ({ ...all, next, epochs: { first, last: first } });
      const after = (from: bigint) => ({ ...all, from, epochs: { first: last, last } });
      const whole = createLineage(cluster);
      expect(await whole.cutAt(leader, before(3n))).toBeNull();
      expect(await whole.cutAt(leader, after(3n))).toBeNull();

      const cut = createLineage(cluster);
      expect(await cut.cutAt(leader, before(4n))).toBeNull();
      expect(await cut.cutAt(leader, after(4n))).toBe(3n);
      cut.forget(want);
      expect(await cut.cutAt(leader, after(4n))).toBeNull();
    } finally {
      await cluster.close();
      await log.close();
    }
  },
);
