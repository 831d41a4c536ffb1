import { createKafkaEventLog } from '@leakwatch/event-log/kafka';
import { hasJavaAndMaven } from '@leakwatch/kafka-local';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect, onTestFinished } from 'vitest';
import { clusterLog } from './harness/cluster-log.ts';
import { startSecuredCluster } from './harness/start-secured-cluster.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { signInOf } from './harness/open-log-at.ts';
import { openScene } from './harness/scene.ts';
import { type LogAddress } from './harness/service-messages.ts';

/** Reads a topic with the account of this address. */
async function readAs(address: LogAddress, topic: string): Promise<number> {
  if (address.kind !== 'kafka') throw new TypeError('a cluster of Kafka is asked');
  const log = await createKafkaEventLog({
    ...{ brokers: address.brokers, clientId: 'leakwatch-stranger', topics: [] },
    ...signInOf(address.account),
  });
  try {
    let records = 0;
    for await (const some of log.replay({ topic: address.namespace + topic })) records += some.length;
    return records;
  } finally {
    await log.close();
  }
}

itNeeds('Java and Maven', hasJavaAndMaven())(
  'three brokers with TLS, SCRAM and ACLs: through a restart and a kill -9 every acknowledged post has exactly one effect',
  async () => {
    const secured = await startSecuredCluster();
    onTestFinished(() => secured.stop());
    const scene = await openScene(clusterLog(secured.access()));
    const posts = makePosts(0x3b);
    const [matcher] = await Promise.all([scene.start(['matcher']), scene.start(['alerting'])]);
    await scene.publish(posts(60));
    await Promise.all([secured.cluster.restart(0), scene.publish(posts(60))]);
    await secured.cluster.kill9(1);
    await scene.publish(posts(60));
    expect(await scene.settle()).toEqual(ALL_WELL);
    expect(scene.ledger.acknowledgedLeaks.length).toBeGreaterThan(100);

    const asMatcher = scene.forService?.('matcher').log ?? scene.address;
    expect(await readAs(asMatcher, 'posts')).toBeGreaterThanOrEqual(180);
    await expect(readAs(asMatcher, 'alerts')).rejects.toMatchObject({ code: 'log-refused', canRetry: false });
    await matcher.kill();
  },
);
