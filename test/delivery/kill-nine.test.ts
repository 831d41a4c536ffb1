import { describe, expect } from 'vitest';
import { itNeeds } from '@leakwatch/runtime/testing';
import { LOG_KINDS } from './harness/arrangement.ts';
import { type HaltPoint } from './harness/halting.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { type ServiceName } from './harness/service-messages.ts';
import { openScene } from './harness/scene.ts';

/** Whoever reads: before anything, behind its sink, and behind everything but the commit. */
const DEATHS: readonly { service: ServiceName; point: HaltPoint; says: string }[] = [
  { service: 'matcher', point: 'before-handling', says: 'before it has matched anything' },
  { service: 'matcher', point: 'after-publish', says: 'after its detections are in the log' },
  { service: 'matcher', point: 'before-commit', says: 'before its offset is committed' },
  { service: 'alerting', point: 'before-handling', says: 'before it has judged anything' },
  { service: 'alerting', point: 'after-transaction', says: 'after the first alert is stored' },
  {
    service: 'alerting',
    point: 'after-publish',
    says: 'after its alerts are told, before it has noted that',
  },
  { service: 'alerting', point: 'before-commit', says: 'before its offset is committed' },
];

describe.each(LOG_KINDS)('kill -9, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  for (const { service, point, says } of DEATHS) {
    it(`of ${service} ${says}: every acknowledged post has exactly one effect`, async () => {
      const scene = await openScene(kind);
      const posts = makePosts(0x9e + DEATHS.findIndex((death) => death.point === point));
      const other = service === 'matcher' ? 'alerting' : 'matcher';
      await scene.publish(posts(120));
      const [victim, bystander] = await Promise.all([
        scene.start([service], { halt: { point, after: 1 } }),
        scene.start([other]),
      ]);
      await victim.untilHalted();
      await victim.kill();

      await scene.publish(posts(60));
      await scene.start([service]);
      expect(await scene.settle()).toEqual(ALL_WELL);
      expect(scene.ledger.acknowledgedLeaks.length).toBeGreaterThan(100);
      expect(bystander.said('log-error')).toEqual([]);
    });
  }
});
