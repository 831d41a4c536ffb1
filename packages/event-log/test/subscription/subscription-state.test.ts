import { describe, expect, it } from 'vitest';
import {
  createSubscriptionState,
  nextSubscriptionState,
  type SubscriptionEvent,
  type SubscriptionState,
} from '../../subscription/subscription-state.ts';

const STATES: readonly SubscriptionState[] = ['joining', 'open', 'paused', 'draining', 'leaving', 'ended'];
const EVENTS: readonly SubscriptionEvent[] = [
  'joined',
  'pause',
  'resume',
  'close',
  'drained',
  'left',
  'fail',
];

/** All moves that a subscription may make. */
const ALLOWED = new Map<string, SubscriptionState>([
  ['joining joined', 'open'],
  ['open pause', 'paused'],
  ['paused resume', 'open'],
  ['open close', 'draining'],
  ['paused close', 'draining'],
  ['draining drained', 'leaving'],
  ['leaving left', 'ended'],
  ['joining fail', 'ended'],
  ['open fail', 'ended'],
  ['paused fail', 'ended'],
  ['draining fail', 'ended'],
  ['leaving fail', 'ended'],
]);

describe('the states of a subscription', () => {
  it.each(STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const)))(
    '%s, on %s: moves as the table says, and refuses every other event',
    (state, event) => {
      const next = ALLOWED.get(`${state} ${event}`);
      if (next === undefined) {
        expect(() => nextSubscriptionState(state, event)).toThrow(
          `subscription: no "${event}" while "${state}"`,
        );
      } else {
        expect(nextSubscriptionState(state, event)).toBe(next);
      }
    },
  );

  it('begins by joining, and stays where it is after a refused event', () => {
    const state = createSubscriptionState();
    expect(state.is('joining')).toBe(true);
    expect(() => state.on('close')).toThrow('no "close" while "joining"');
    expect(state.is('joining')).toBe(true);
    state.on('joined');
    expect([state.is('open', 'paused'), state.is('joining', 'ended')]).toEqual([true, false]);
  });
});
