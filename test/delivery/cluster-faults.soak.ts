/** Faults that only a cluster of three has, under posts on their way, with TLS, SCRAM and ACLs. */
import { createKafkaEventLog } from '@leakwatch/event-log/kafka';
import { EventLogError } from '@leakwatch/event-log';
import { alterConfig, hasJavaAndMaven, startLocalCluster } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { Kafka, logLevel } from 'kafkajs';
import { expect, onTestFinished } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { clusterLog } from './harness/cluster-log.ts';
import { startSecuredCluster } from './harness/start-secured-cluster.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts, type MadePost } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';
import { deliver, send } from './harness/send-posts.ts';

const it = itNeeds('Java and Maven', hasJavaAndMaven());

async function openSecuredScene() {
  const secured = await startSecuredCluster();
  onTestFinished(() => secured.stop());
  const scene = await openScene(clusterLog(secured.access()));
  await Promise.all([scene.start(['matcher']), scene.start(['alerting'])]);
  return { cluster: secured.cluster, scene };
}

it('each broker is lost once, controllers and leaders among them: every acknowledged post has exactly one effect', async () => {
  const { cluster, scene } = await openSecuredScene();
  const posts = makePosts(0x71);
  for (const broker of [0, 1, 2]) {
    await scene.publish(posts(60));
    await cluster.kill9(broker);
    await scene.publish(posts(60));
    await cluster.restart(broker);
  }
  expect(await scene.settle()).toEqual(ALL_WELL);
});

it('a broker that moves to other addresses is found there', async () => {
  const { cluster, scene } = await openSecuredScene();
  const posts = makePosts(0x72);
  await scene.publish(posts(60));
  await cluster.move(2);
  await scene.publish(posts(60));
  // Only the one that moved, and one other, serve now.
  await cluster.kill9(0);
  await scene.publish(posts(60));
  expect(await scene.settle()).toEqual(ALL_WELL);
});

it('a quota slows services down, and nothing is lost or doubled', async () => {
  const { cluster, scene } = await openSecuredScene();
  const posts = makePosts(0x73);
  const quota = 'producer_byte_rate=20000,consumer_byte_rate=20000';
  const entity = ['--entity-type', 'clients', '--entity-name', 'leakwatch-delivery'];
  await alterConfig(cluster.brokers, [...entity, '--add-config', quota]);
  for (let turn = 0; turn < 5; turn++) await scene.publish(posts(60));
  expect(await scene.settle()).toEqual(ALL_WELL);
});

/** The brokers, by number from 0, that hold every partition of the topic in sync, as one of them tells. */
async function inSyncEverywhere(teller: string, topic: string): Promise<number[]> {
  const admin = new Kafka({ brokers: [teller], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics.flatMap((one) => one.partitions);
    return [0, 1, 2].filter((broker) => partitions.every(({ isr }) => isr.includes(broker + 1)));
  } finally {
    await admin.disconnect();
  }
}

it('brokers that are out of sync: without one, posts go on; without two they are refused for now, and taken once these are back', async () => {
  const { cluster, scene } = await openSecuredScene();
  const { webhook } = await scene.start(['ingest']);
  const posts = makePosts(0x74);
  const signal = (broker: number, name: 'SIGSTOP' | 'SIGCONT') =>
    process.kill(cluster.pids()[broker] ?? 0, name);
  const topic = `${scene.address.kind === 'kafka' ? scene.address.namespace : ''}posts`;
  const untilInSync = (brokers: readonly number[]) =>
    waitFor(`brokers ${brokers.join(', ')} to be in sync`, async () => {
      const now = await inSyncEverywhere(cluster.brokers[2] ?? '', topic);
      return now.join() === brokers.join();
    });
  const take = async (id: string, batch: readonly MadePost[]) => {
    await waitFor(`delivery ${id} to be taken`, () =>
      send(webhook, id, batch, scene.ledger).then(
        () => true,
        () => false,
      ),
    );
  };

  await take('all-in-sync', posts(60));
  signal(0, 'SIGSTOP');
  await untilInSync([1, 2]);
  await take('two-in-sync', posts(60));

  signal(1, 'SIGSTOP');
  const late = posts(60);
  scene.ledger.send(late);
  const refused = await deliver(webhook, 'one-in-sync', late);
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);

  signal(0, 'SIGCONT');
  signal(1, 'SIGCONT');
  await take('one-in-sync', late);
  await untilInSync([0, 1, 2]);
  await take('all-again', posts(60));
  expect(await scene.settle()).toEqual(ALL_WELL);
});

/** The third broker alone has three records when it is lost for good; the first becomes leader without them. */
async function loseThreeRecords(publishedAfter: number, said: RegExp): Promise<void> {
  const cluster = await startLocalCluster({ brokers: 3 });
  onTestFinished(() => cluster.stop());
  const connection = { brokers: cluster.brokers, clientId: 'leakwatch-unclean' };
  const topic = 'unclean';
  const admin = new Kafka({
    ...connection,
    brokers: [...cluster.brokers],
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  await admin.createTopics({
    topics: [
      {
        topic,
        // Not on the second broker, which stays: most of the controllers must live throughout.
        replicaAssignment: [{ partition: 0, replicas: [1, 3] }],
        configEntries: [
          { name: 'min.insync.replicas', value: '1' },
          { name: 'unclean.leader.election.enable', value: 'true' },
        ],
      },
    ],
  });
  await admin.disconnect();
  const log = await createKafkaEventLog({ ...connection, topics: [topic] });
  onTestFinished(() => log.close());
  const seen: string[] = [];
  const lost: string[] = [];
  await log.subscribe({
    group: 'reader',
    topics: [topic],
    startAt: 'earliest',
    handle: ({ records }) => {
      seen.push(...records.map(({ key }) => key));
      return Promise.resolve();
    },
    onError: (error) => {
      if (error instanceof EventLogError && error.code === 'offset-trimmed') lost.push(error.message);
    },
  });
  const publish = (key: string) =>
    waitFor(`the log to take "${key}"`, () =>
      log.publish([{ topic, key, value: Buffer.from(key), headers: {} }]).then(
        () => true,
        () => false,
      ),
    );
  const untilSeen = (key: string) => waitFor(`"${key}" to be seen`, () => seen.includes(key));

  await publish('on both');
  await untilSeen('on both');
  await cluster.kill9(0);
  for (const n of [1, 2, 3]) await publish(`on the third only ${n}`);
  await untilSeen('on the third only 3');
  await cluster.kill9(2);
  await cluster.restart(0);
  const after = Array.from({ length: publishedAfter }, (_, n) => `after the election ${n + 1}`);
  for (const key of after) await publish(key);
  for (const key of after) await untilSeen(key);
  expect(lost).toEqual([expect.stringMatching(said)]);
}

for (const [many, count, said] of [
  ['fewer', 1, /unclean\/0 ends at \d, before offset 4 .* goes on at 0/],
  ['more', 4, /unclean\/0 lost the records from offset 1 on, .* goes on at 1/],
] as const) {
  it(`a leader that is elected unclean has lost records, and ${many} come since: the group says so and reads those`, () =>
    loseThreeRecords(count, said));
}
