import { describe, expect, it } from 'vitest';
import { createSteadyClock, type ClockStep } from '../steady-clock.ts';

const START = Date.UTC(2026, 10, 29, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A machine whose clock can be set while real time passes. */
function machine() {
  let passed = 0;
  let set = 0;
  const steps: ClockStep[] = [];
  const clock = createSteadyClock(
    (step) => void steps.push(step),
    () => START + passed + set,
    () => passed,
  );
  return {
    clock,
    steps,
    pass: (ms: number) => void (passed += ms),
    set: (ms: number) => void (set += ms),
    read: () => clock.now().getTime() - START,
  };
}

describe('a clock that cannot jump', () => {
  it.each([2 * HOUR, -2 * HOUR])(
    'goes on as before when the machine’s clock jumps by %s ms, and says so',
    (jump) => {
      const { clock, steps, pass, set, read } = machine();
      pass(MINUTE);
      expect(read()).toBe(MINUTE);
      set(jump);
      expect(read()).toBe(MINUTE);
      pass(5 * MINUTE);
      expect(read()).toBe(6 * MINUTE);
      expect(steps).toEqual([{ jumpMs: jump, state: 'held' }]);
      expect(clock.heldMs()).toBe(jump);
    },
  );

  it('follows the machine’s clock again once that is put right', () => {
    const { clock, steps, pass, set, read } = machine();
    set(2 * HOUR);
    read();
    pass(9 * MINUTE);
    set(-2 * HOUR);
    expect(read()).toBe(9 * MINUTE);
    expect(steps.map(({ state }) => state)).toEqual(['held', 'over']);
    expect(clock.heldMs()).toBe(0);
  });

  it('takes a jump that lasts for ten minutes, and says so', () => {
    const { steps, pass, set, read } = machine();
    set(2 * HOUR);
    read();
    pass(10 * MINUTE - 1);
    expect(read()).toBe(10 * MINUTE - 1);
    pass(1);
    expect(read()).toBe(2 * HOUR + 10 * MINUTE);
    expect(steps).toEqual([
      { jumpMs: 2 * HOUR, state: 'held' },
      { jumpMs: 2 * HOUR, state: 'taken' },
    ]);
    pass(MINUTE);
    expect(read()).toBe(2 * HOUR + 11 * MINUTE);
  });

  it('follows the small corrections of a time service', () => {
    const { steps, pass, set, read } = machine();
    for (let turn = 1; turn <= 100; turn += 1) {
      pass(MINUTE);
      set(-900);
      expect(read()).toBe(turn * (MINUTE - 900));
    }
    expect(steps).toEqual([]);
  });
});
