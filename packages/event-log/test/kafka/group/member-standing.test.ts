import { describe, expect, it } from 'vitest';
import { nextStanding, type Standing, type StandingEvent } from '../../../kafka/group/member-standing.ts';

const STANDINGS: readonly Standing[] = ['apart', 'settled', 'draining'];
const EVENTS: readonly StandingEvent[] = ['join', 'rebalance', 'part'];
const ALLOWED = new Map<string, Standing>([
  ['apart join', 'settled'],
  ['apart part', 'apart'],
  ['settled rebalance', 'draining'],
  ['settled part', 'apart'],
  ['draining join', 'settled'],
  ['draining rebalance', 'draining'],
  ['draining part', 'apart'],
]);

describe('the standing of a group member', () => {
  it.each(STANDINGS.flatMap((standing) => EVENTS.map((event) => [standing, event] as const)))(
    '%s, on %s: moves as the table says, and refuses every other event',
    (standing, event) => {
      const next = ALLOWED.get(`${standing} ${event}`);
      if (next === undefined) {
        expect(() => nextStanding(standing, event)).toThrow(
          `group member: no "${event}" while "${standing}"`,
        );
      } else {
        expect(nextStanding(standing, event)).toBe(next);
      }
    },
  );
});
