import { describe, expect, it } from 'vitest';
import { startLoop } from '../../waiting/index.ts';

/** A rest that no test sits out. */
const FOR_EVER_MS = 3_600_000;

/** Resolves each `turn`'s beginning, and ends it when told to. */
function stepper() {
  const begun: { end: (hasMore: boolean) => void; fail: (error: Error) => void }[] = [];
  let onBegin: () => void = () => undefined;
  return {
    turn: () =>
      new Promise<boolean>((resolve, reject) => {
        begun.push({ end: resolve, fail: reject });
        onBegin();
      }),
    turns: () => begun.length,
    /** The turn with this number, from 1, once it has begun. */
    nth: async (number: number) => {
      while (begun.length < number) await new Promise<void>((resolve) => (onBegin = resolve));
      const one = begun[number - 1];
      if (one === undefined) throw new Error(`there is no turn ${number}`);
      return one;
    },
  };
}

const never = (error: Error) => {
  throw error;
};
const untilIdle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the loop', () => {
  it('takes turns as long as there is more to do, then rests', async () => {
    let left = 3;
    const turn = () => Promise.resolve(--left > 0);
    const loop = startLoop({ turn, pollMs: FOR_EVER_MS, onError: never });
    await untilIdle();
    expect(left).toBe(0);
    await loop.stop();
    expect(left).toBe(-1);
  });

  it('takes a turn when the rest is over, though nothing wakes it', async () => {
    const steps = stepper();
    const loop = startLoop({ turn: steps.turn, pollMs: 1, onError: never });
    (await steps.nth(1)).end(false);
    (await steps.nth(2)).end(false);
    void steps.nth(3).then((last) => last.end(false));
    await loop.stop();
  });

  it('is woken from its rest', async () => {
    const steps = stepper();
    const loop = startLoop({ turn: steps.turn, pollMs: FOR_EVER_MS, onError: never });
    (await steps.nth(1)).end(false);
    await untilIdle();
    expect(steps.turns()).toBe(1);
    loop.wake();
    (await steps.nth(2)).end(false);
    void steps.nth(3).then((last) => last.end(false));
    await loop.stop();
  });

  it('takes another turn when it was woken during one, and one for many calls', async () => {
    const steps = stepper();
    const loop = startLoop({ turn: steps.turn, pollMs: FOR_EVER_MS, onError: never });
    const first = await steps.nth(1);
    loop.wake();
    loop.wake();
    first.end(false);
    (await steps.nth(2)).end(false);
    await untilIdle();
    expect(steps.turns()).toBe(2);
    void steps.nth(3).then((last) => last.end(false));
    await loop.stop();
  });

  it('never takes two turns at once', async () => {
    let underWay = 0;
    let most = 0;
    const turn = async () => {
      most = Math.max(most, (underWay += 1));
      await untilIdle();
      underWay -= 1;
      return false;
    };
    const loop = startLoop({ turn, pollMs: FOR_EVER_MS, onError: never });
    for (let call = 0; call < 5; call += 1) {
      loop.wake();
      await untilIdle();
    }
    await loop.stop();
    expect(most).toBe(1);
  });

  it('tells when a turn has ended that began after the call', async () => {
    const steps = stepper();
    const loop = startLoop({ turn: steps.turn, pollMs: FOR_EVER_MS, onError: () => undefined });
    const first = await steps.nth(1);
    let isAnswered = false;
    const answered = loop.nextTurn().then(() => (isAnswered = true));
    first.end(false);
    const second = await steps.nth(2);
    await untilIdle();
    expect(isAnswered).toBe(false);
    second.fail(new Error('that turn failed'));
    await answered;
    void steps.nth(3).then((last) => last.end(false));
    await loop.stop();
  });

  it('answers who waits for a turn when it has ended before', async () => {
    const loop = startLoop({ turn: () => Promise.resolve(false), pollMs: FOR_EVER_MS, onError: never });
    await loop.stop();
    await expect(loop.nextTurn()).resolves.toBeUndefined();
  });

  it('goes on after a failed turn: after the back-off where it has one', async () => {
    const heard: string[] = [];
    const steps = stepper();
    const loop = startLoop({
      turn: steps.turn,
      pollMs: FOR_EVER_MS,
      backOff: { firstMs: 1, longestMs: 1 },
      onError: ({ message }) => heard.push(message),
    });
    (await steps.nth(1)).fail(new Error('the database is away'));
    (await steps.nth(2)).end(false);
    await untilIdle();
    expect(heard).toEqual(['the database is away']);
    expect(steps.turns()).toBe(2);
    void steps.nth(3).then((last) => last.end(false));
    await loop.stop();
  });

  it('rests no longer than between polls after a failed turn', async () => {
    const steps = stepper();
    const backOff = { firstMs: FOR_EVER_MS, longestMs: FOR_EVER_MS };
    const loop = startLoop({ turn: steps.turn, pollMs: 1, backOff, onError: () => undefined });
    (await steps.nth(1)).fail(new Error('the database is away'));
    (await steps.nth(2)).end(false);
    void steps.nth(3).then((last) => last.end(false));
    await loop.stop();
  });

  it('stops after one last turn that knows of it, however often it is asked', async () => {
    const known: boolean[] = [];
    let left = 2;
    const turn = (stopping: AbortSignal) => {
      known.push(stopping.aborted);
      return Promise.resolve(stopping.aborted && --left > 0);
    };
    const loop = startLoop({ turn, pollMs: FOR_EVER_MS, onError: never });
    await untilIdle();
    await Promise.all([loop.stop(), loop.stop()]);
    expect(known).toEqual([false, true, true]);
  });

  it('tells a turn under way that it is being stopped', async () => {
    const untilAborted = (stopping: AbortSignal) =>
      new Promise<boolean>((resolve) => {
        if (stopping.aborted) resolve(false);
        stopping.addEventListener('abort', () => resolve(false));
      });
    const loop = startLoop({ turn: untilAborted, pollMs: FOR_EVER_MS, onError: never });
    await loop.stop();
  });
});
