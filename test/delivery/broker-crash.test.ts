import { EVENTS } from '@leakwatch/contracts';
import { decodeEvent } from '@leakwatch/event-log';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { PARTITIONS } from './harness/arrangement.ts';
import { OWN_KAFKA } from './harness/kafka-log.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';

const CRASHES = 2;

/** The Postgres log under kill -9 is tested in packages/event-log/test/postgres/database-faults.test.ts. */
itNeeds(OWN_KAFKA.needs, OWN_KAFKA.isHere)(
  'kill -9 of the broker: what was acknowledged is in the log, clients come back by themselves, one effect each',
  async () => {
    const scene = await openScene(OWN_KAFKA);
    const posts = makePosts(0xb0);
    const services = await scene.start(['ingest', 'matcher', 'alerting']);
    for (let crash = 0; crash < CRASHES; crash += 1) {
      await scene.publish(posts(60));
      const underWay = [scene.publish(posts(60)), scene.publish(posts(60))];
      await scene.crash?.();
      await Promise.all(underWay);
      await waitFor('the services to take part again', async () => {
        const { holds } = await services.state();
        return [holds['matcher-text'], holds['alerting']].every((held) => held?.length === PARTITIONS);
      });
    }
    expect(await scene.settle()).toEqual(ALL_WELL);
    const inLog = new Set<string>();
    for await (const records of scene.log.replay({ topic: EVENTS.post.topic })) {
      for (const record of records) inLog.add(decodeEvent(record, EVENTS.post).nativeId);
    }
    expect(scene.ledger.acknowledgedLeaks.filter((native) => !inLog.has(native))).toEqual([]);
  },
);
