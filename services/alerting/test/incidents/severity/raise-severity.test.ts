import { describe, expect, it } from 'vitest';
import { raiseSeverity, type RaisedSeverity } from '../../../incidents/severity/raise-severity.ts';
import { minute, openLife } from '../../support/lives.ts';

function raised(changed: Partial<RaisedSeverity> = {}): RaisedSeverity {
  return {
    severity: 'critical',
    severityReasons: ['80 rule level critical'],
    ruleId: 'another-rule',
    rulesetHash: 'b'.repeat(64),
    minutesToAct: 10,
    minutesToResolve: 60,
    at: minute(5),
    ...changed,
  };
}

describe('a raised severity', () => {
  it('comes with its rule, its times and nearer deadlines', () => {
    const { at, ...rest } = raised();
    expect(at).toEqual(minute(5));
    expect(raiseSeverity(openLife(), raised())).toEqual({
      ...openLife(),
      ...rest,
      dueAt: minute(15),
      resolveDueAt: minute(65),
      escalatesAt: minute(15),
    });
  });

  it('never puts a deadline off', () => {
    const lax = raised({ minutesToAct: 500, minutesToResolve: 5000 });
    expect(raiseSeverity(openLife(), lax)).toMatchObject({
      dueAt: minute(30),
      resolveDueAt: minute(240),
      escalatesAt: minute(30),
    });
  });

  it('of an answered alert escalates by the deadline to resolve', () => {
    const answered = openLife({ state: 'acknowledged', escalatesAt: minute(240) });
    expect(raiseSeverity(answered, raised()).escalatesAt).toEqual(minute(65));
  });

  it('leaves a nearer escalation where it is', () => {
    const soon = openLife({ escalationLevel: 1, escalatesAt: minute(7) });
    expect(raiseSeverity(soon, raised()).escalatesAt).toEqual(minute(7));
  });

  it('does not wake an alert at the end of its chain', () => {
    expect(raiseSeverity(openLife({ escalatesAt: null }), raised())).toMatchObject({
      severity: 'critical',
      dueAt: minute(15),
      escalatesAt: null,
    });
  });

  it('gives an alert without a deadline to resolve its first one', () => {
    expect(raiseSeverity(openLife({ resolveDueAt: null }), raised()).resolveDueAt).toEqual(minute(65));
  });
});
