/**
 * How a member stands with its group (the classic protocol: all partitions are given up at each change):
 *
 *   apart ──join──▶ settled ──others come or go──▶ draining ──batches over, or time up──▶ join
 *     ▲                │                              │
 *     └── the group went on without us: all lost ─────┘
 *
 * - apart: the member joins at the next heartbeat, though batches may be under way.
 * - settled: it holds its share.
 * - draining: the group settles anew. The member finishes its batches and joins again, at the latest at `until`.
 */
import { transition, type Transitions } from '../../adapter/transition.ts';

export type Standing = 'apart' | 'settled' | 'draining';
export type StandingEvent = 'join' | 'rebalance' | 'part';

const TRANSITIONS: Transitions<Standing, StandingEvent> = {
  apart: { join: 'settled', part: 'apart' },
  settled: { rebalance: 'draining', part: 'apart' },
  draining: { join: 'settled', rebalance: 'draining', part: 'apart' },
};

/** @throws Error for an event that is not allowed in this standing */
export function nextStanding(standing: Standing, event: StandingEvent): Standing {
  return transition('group member', TRANSITIONS, standing, event);
}
