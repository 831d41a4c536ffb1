import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { SOAK_LOGS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { type MadePost, makePosts } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';

const MIB = 2 ** 20;
const POST_BYTES = 50_000;
const BACKLOG_MIB = 100;
/** Most bytes of one partition that a reader may hold while it fetches and decodes. */
const AHEAD_MIB = 60;

/** One leak in ten of those made: each leak is kept as evidence, which is not what this is about. */
function mostlyInnocent(make: ReturnType<typeof makePosts>): typeof make {
  const waiting: MadePost[] = [];
  let made = 0;
  return (count) => {
    while (waiting.length < count) {
      waiting.push(...make(count).filter(({ leaks }) => !leaks || made++ % 10 === 0));
    }
    return waiting.splice(0, count);
  };
}

describe.each(SOAK_LOGS)('a matcher that is slower than its posts come, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('holds a bounded part of what waits in its memory, however much that is', async () => {
    const scene = await openScene(kind);
    const posts = mostlyInnocent(makePosts(0x510));
    const padding = 'so much to tell and so little to say '.repeat(POST_BYTES / 37);
    const long = (count: number) =>
      posts(count).map((post) => ({ ...post, text: `${padding} ${post.text}` }));
    const slow = await scene.start(['matcher'], { halt: { point: 'before-handling', after: 0 } });
    await scene.publish(long(200));
    await slow.untilHalted();
    const { residentBytes: before } = await slow.state();

    const count = Math.floor((BACKLOG_MIB * MIB) / POST_BYTES / 10);
    for (let part = 0; part < 10; part += 1) await scene.publish(long(count));
    const { residentBytes: after } = await slow.state();
    expect((after - before) / MIB).toBeLessThan(AHEAD_MIB);

    slow.goOn();
    await scene.start(['alerting']);
    expect(await scene.settle()).toEqual(ALL_WELL);
  });
});
