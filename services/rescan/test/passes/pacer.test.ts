import { describe, expect, it } from 'vitest';
import { createPacer } from '../../passes/pacer.ts';

describe('turns', () => {
  it('come one after another, in the order in which they were asked for', async () => {
    const pacer = createPacer(1);
    const story: string[] = [];
    const worker = async (name: string) => {
      const turn = await pacer.begin();
      story.push(`${name} begins`);
      await Promise.resolve();
      story.push(`${name} ends`);
      turn.end();
      // A turn that has ended stays ended.
      turn.end();
    };
    await Promise.all([worker('a'), worker('b'), worker('c')]);
    expect(story).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('let what else the process has to do go first', async () => {
    const pacer = createPacer(1);
    let waited = 0;
    setImmediate(() => (waited += 1));
    const turn = await pacer.begin();
    expect(waited).toBe(1);
    turn.end();
  });

  it('are over after a while, whatever the share', async () => {
    const pacer = createPacer(0.5);
    const turn = await pacer.begin();
    expect(turn.isOver()).toBe(false);
    while (!turn.isOver());
    turn.end();
    pacer.setShare(0.25);
    expect(pacer.share()).toBe(0.25);
    (await pacer.begin()).end();
  });
});
