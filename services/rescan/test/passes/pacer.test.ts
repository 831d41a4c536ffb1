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

  it.each([
    [0.1, 900],
    [0.25, 300],
    [0.5, 100],
    [1, 0],
  ])(
    'take the share that they are given: at %d, 100 ms of work are followed by %d ms of rest',
    async (share, rest) => {
      const { clock, work, rested } = madeClock();
      const pacer = createPacer(share, clock);
      for (let turns = 0; turns < 50; turns += 1) {
        const turn = await pacer.begin();
        work(2);
        turn.end();
      }
      (await pacer.begin()).end();
      // A rest shorter than a timer's grain waits for the next.
      expect(rested()).toBeGreaterThanOrEqual(rest - 4);
      expect(rested()).toBeLessThanOrEqual(rest);
    },
  );

  it('take a new share from the next turn on', async () => {
    const { clock, work, rested } = madeClock();
    const pacer = createPacer(1, clock);
    const turn = await pacer.begin();
    pacer.setShare(0.5);
    work(10);
    turn.end();
    (await pacer.begin()).end();
    expect(rested()).toBe(10);
  });

  it('count a timer that came late as rest, but no more of it than one turn', async () => {
    const { clock, work, rested } = madeClock(50);
    const pacer = createPacer(0.5, clock);
    for (let turns = 0; turns < 3; turns += 1) {
      const turn = await pacer.begin();
      work(8);
      turn.end();
    }
    // 8 ms are owed at first; after that 2 ms of each debt are already paid.
    expect(rested()).toBe(8 + 50 + 6 + 50);
  });
});

/** A clock that moves only when work is done or slept. Each sleep lasts longer than asked by `late`. */
function madeClock(late = 0) {
  let now = 0;
  let slept = 0;
  return {
    clock: {
      now: () => now,
      sleep: (ms: number) => {
        now += ms + late;
        slept += ms + late;
        return Promise.resolve();
      },
    },
    work: (ms: number) => (now += ms),
    rested: () => slept,
  };
}
