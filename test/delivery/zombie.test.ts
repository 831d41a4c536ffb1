import { EVENTS } from '@leakwatch/contracts';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { PARTITIONS } from './harness/arrangement.ts';
import { LOG_KINDS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';

const STOPPED = [
  { service: 'matcher', group: 'matcher-text', topic: EVENTS.post.topic, point: 'before-commit' },
  { service: 'alerting', group: 'alerting', topic: EVENTS.detection.topic, point: 'before-handling' },
] as const;

describe.each(LOG_KINDS)('SIGSTOP past the session and SIGCONT, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  for (const { service, group, topic, point } of STOPPED) {
    it(`a zombie of ${service}, stopped ${point}, changes nothing, hears of its loss and joins again`, async () => {
      const scene = await openScene(kind);
      const posts = makePosts(0x2b);
      await scene.start([service === 'matcher' ? 'alerting' : 'matcher']);
      const zombie = await scene.start([service], { halt: { point, after: 0 } });
      await scene.publish(posts(200));
      await zombie.untilHalted();
      zombie.signal('SIGSTOP');

      const successor = await scene.start([service]);
      await waitFor('the partitions to move', async () => {
        return (await successor.state()).holds[group]?.length === PARTITIONS;
      });
      expect(await scene.settle()).toEqual(ALL_WELL);
      const committed = await scene.log.committedOffsets(group, topic);

      zombie.goOn();
      zombie.signal('SIGCONT');
      await waitFor('the zombie to hear that its partitions are lost', () =>
        zombie.said('log-error').some((error) => error.group === group && error.code === 'partition-lost'),
      );
      await waitFor('both to share the partitions', async () => {
        const states = [await zombie.state(), await successor.state()];
        const shares = states.map(({ holds }) => holds[group] ?? []);
        return shares.every((share) => share.length > 0) && new Set(shares.flat()).size === PARTITIONS;
      });
      expect(await scene.log.committedOffsets(group, topic)).toEqual(committed);

      await scene.publish(posts(100));
      expect(await scene.settle()).toEqual(ALL_WELL);
    });
  }
});
