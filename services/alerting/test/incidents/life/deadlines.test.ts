import { describe, expect, it } from 'vitest';
import { allowedMinutes, nextDeadline } from '../../../incidents/life/deadlines.ts';
import { loadBuiltInRuleset } from '../../../judge/load-ruleset.ts';

describe('the deadline that counts now', () => {
  it.each([
    ['open', 'to acknowledge'],
    ['acknowledged', 'to resolve'],
    ['investigating', 'to resolve'],
    ['resolved', null],
  ] as const)('%s: %s', (state, deadline) => {
    expect(nextDeadline({ state, dueAt: 'to acknowledge', resolveDueAt: 'to resolve' })).toBe(deadline);
  });
});

it('the minutes are those of the tier at the severity', () => {
  const ruleset = loadBuiltInRuleset();
  const [first] = ruleset.tiers;
  for (const severity of ['low', 'critical'] as const) {
    expect(allowedMinutes(ruleset, first!.tier, severity)).toEqual({
      minutesToAct: first!.minutesToAct[severity],
      minutesToResolve: first!.minutesToResolve[severity],
    });
  }
});
