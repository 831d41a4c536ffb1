import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { LOG_KINDS } from './harness/log-kinds.ts';
import { type HaltPoint } from './harness/halting.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';
import { send } from './harness/send-posts.ts';

/** Points at which each reader is killed: before its sink, after it, and just before the commit. */
const READERS: readonly { service: 'matcher' | 'alerting'; deaths: readonly HaltPoint[] }[] = [
  { service: 'matcher', deaths: ['before-handling', 'after-publish', 'before-commit'] },
  { service: 'alerting', deaths: ['before-handling', 'after-transaction', 'after-publish', 'before-commit'] },
];

/** Points at which ingest is killed: before the append, after it, and before the answer to the sender. */
const INGEST_DEATHS: readonly HaltPoint[] = ['before-publish', 'after-publish', 'after-transaction'];

describe.each(LOG_KINDS)('kill -9, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  for (const { service, deaths } of READERS) {
    it(`of ${service} ${deaths.join(', ')}: every acknowledged post has exactly one effect`, async () => {
      const scene = await openScene(kind);
      const posts = makePosts(0x9a + deaths.length);
      const bystander = await scene.start([service === 'matcher' ? 'alerting' : 'matcher']);
      for (const point of deaths) {
        const victim = await scene.start([service], { halt: { point, after: 1 } });
        await scene.publish(posts(60));
        await victim.untilHalted();
        await victim.kill();
      }
      await scene.publish(posts(60));
      await scene.start([service]);
      expect(await scene.settle()).toEqual(ALL_WELL);
      expect(scene.ledger.acknowledgedLeaks.length).toBeGreaterThan(150);
      expect(bystander.said('log-error')).toEqual([]);
    });
  }

  it(`of ingest ${INGEST_DEATHS.join(', ')}: a sender who tries again gets exactly one effect`, async () => {
    const scene = await openScene(kind);
    const posts = makePosts(0x16e);
    await scene.start(['matcher', 'alerting']);
    for (const point of INGEST_DEATHS) {
      const delivery = posts(40);
      const victim = await scene.start(['ingest'], { halt: { point, after: 0 } });
      const refused = expect(send(victim.webhook, point, delivery, scene.ledger)).rejects.toThrow();
      await victim.untilHalted();
      await victim.kill();
      await refused;

      const successor = await scene.start(['ingest']);
      await send(successor.webhook, point, delivery, scene.ledger);
      await successor.kill();
    }
    expect(await scene.settle()).toEqual(ALL_WELL);
    expect(scene.ledger.acknowledgedLeaks.length).toBeGreaterThan(80);
  });
});
