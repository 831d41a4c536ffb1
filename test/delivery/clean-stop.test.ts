import { EVENTS } from '@leakwatch/contracts';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { LOG_KINDS } from './harness/log-kinds.ts';
import { handledOnce, latestHandled } from './harness/handled.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';

describe.each(LOG_KINDS)('SIGTERM in the midst of a batch, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('lets the batch end: committed is what was processed, and the next one repeats nothing', async () => {
    const scene = await openScene(kind);
    const posts = makePosts(0x7e);
    await scene.start(['alerting']);
    const leaver = await scene.start(['matcher'], { halt: { point: 'before-commit', after: 2 } });
    await scene.publish(posts(200));
    await leaver.untilHalted();
    leaver.signal('SIGTERM');
    await scene.publish(posts(100));
    leaver.goOn();
    expect(await leaver.ended, leaver.logLines()).toBe(0);

    const committed = await scene.log.committedOffsets('matcher-text', EVENTS.post.topic);
    expect(committed).toEqual(latestHandled(leaver, 'matcher-text'));
    const successor = await scene.start(['matcher']);
    expect(await scene.settle()).toEqual(ALL_WELL);
    expect(handledOnce([leaver, successor], 'matcher-text')).toBe(true);
  });

  it('under load, of every service at once: nothing is lost, and each ends with code 0', async () => {
    const scene = await openScene(kind);
    const posts = makePosts(0x7f);
    await scene.publish(posts(600));
    const leaver = await scene.start(['ingest', 'matcher', 'alerting']);
    await leaver.untilSaid('handled');
    leaver.signal('SIGTERM');
    expect(await leaver.ended, leaver.logLines()).toBe(0);
    for (const [topic, group] of [
      ['posts', 'matcher-text'],
      ['detections', 'alerting'],
    ] as const) {
      const processed = latestHandled(leaver, group);
      for (const [partition, committed] of await scene.log.committedOffsets(group, topic)) {
        expect(committed).toBeLessThanOrEqual(processed.get(partition) ?? 0n);
      }
    }
    await scene.start(['matcher', 'alerting']);
    expect(await scene.settle()).toEqual(ALL_WELL);
  });
});
