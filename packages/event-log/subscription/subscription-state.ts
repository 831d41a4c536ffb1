/**
 * The states of a subscription:
 *
 *               ┌──pause──▶ paused ──close──┐
 *               │             │             ▼
 *   joining ──joined──▶ open ◀┘ ──close──▶ draining ──drained──▶ leaving ──left──▶ ended
 *      └──────────────────┴────── fail, from any state ────────────┴─────────────────▲
 *
 * - joining: the first heartbeat is under way.
 * - open: batches start, heartbeats and looks at the log's ends go on.
 * - paused: as open, but no batch starts.
 * - draining: batches under way may finish. Heartbeats go on, so that the partitions stay here.
 * - leaving: the last heartbeat is over. Another would join the group again.
 * - ended: all partitions are given up.
 */
import { transition, type Transitions } from '../adapter/transition.ts';

export type SubscriptionState = 'joining' | 'open' | 'paused' | 'draining' | 'leaving' | 'ended';
export type SubscriptionEvent = 'joined' | 'pause' | 'resume' | 'close' | 'drained' | 'left' | 'fail';

const TRANSITIONS: Transitions<SubscriptionState, SubscriptionEvent> = {
  joining: { joined: 'open', fail: 'ended' },
  open: { pause: 'paused', close: 'draining', fail: 'ended' },
  paused: { resume: 'open', close: 'draining', fail: 'ended' },
  draining: { drained: 'leaving', fail: 'ended' },
  leaving: { left: 'ended', fail: 'ended' },
  ended: {},
};

/** @throws Error for an event that is not allowed in this state */
export function nextSubscriptionState(state: SubscriptionState, event: SubscriptionEvent): SubscriptionState {
  return transition('subscription', TRANSITIONS, state, event);
}

export function createSubscriptionState() {
  let current: SubscriptionState = 'joining';
  return {
    is: (...states: readonly SubscriptionState[]) => states.includes(current),
    /** @throws Error for an event that is not allowed now */
    on(event: SubscriptionEvent): void {
      current = nextSubscriptionState(current, event);
    },
  };
}
