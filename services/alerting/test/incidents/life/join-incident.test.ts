import { describe, expect, it } from 'vitest';
import { joinIncident } from '../../../incidents/life/join-incident.ts';
import { type AlertLife } from '../../../incidents/queries/alert-life-row.ts';
import { type FoundIncident } from '../../../incidents/queries/find-episodes.ts';
import { type AlertCase } from '../../../judge/cases.ts';
import { judgement } from '../../../judge/judgement.ts';
import { detectionCase, valueOf, type CaseTraits } from '../../support/cases.ts';
import { minute, openLife } from '../../support/lives.ts';

const AT = minute(20);

function alertCase({ rescanned = false, ...traits }: CaseTraits & { rescanned?: boolean } = {}): AlertCase {
  const one = detectionCase({ nativeId: 'p2', creator: { risk: { partnerships: 3 } }, ...traits });
  const rescanJobId = rescanned ? 'job-1' : null;
  return valueOf(judgement.tell({ ...one, detection: { ...one.detection, rescanJobId } }));
}

function join(
  life: AlertLife,
  one: AlertCase = alertCase(),
  incident: Partial<Pick<FoundIncident, 'bond' | 'posts'>> = {},
) {
  return joinIncident(one, { alertId: 'a'.repeat(64), bond: 'continued', posts: 2, life, ...incident }, AT);
}

const confirmed = openLife({
  state: 'resolved',
  resolution: 'confirmed',
  resolvedAt: minute(5),
  acknowledgedAt: minute(5),
  acknowledgedBy: 'ana',
  escalatesAt: null,
});
const asleep = openLife({ snoozedUntil: minute(500), dueAt: minute(530), escalatesAt: minute(530) });

describe('another post of an open incident', () => {
  it('is told as such, and changes nothing else', () => {
    expect(join(openLife())).toEqual({
      life: openLife(),
      transitions: [],
      changes: ['occurrence-added'],
    });
  });

  it('ends a snooze first', () => {
    const { life, transitions, changes } = join(asleep);
    expect(life).toMatchObject({ state: 'open', snoozedUntil: null, dueAt: minute(50) });
    expect(changes).toEqual(['snooze-ended', 'occurrence-added']);
    expect(transitions).toEqual([
      { move: 'snooze-ended', from: 'open', to: 'open', by: 'leakwatch', reason: 'found again' },
    ]);
  });

  it('leaves a snooze alone where a re-scan or an edit found it', () => {
    for (const { life, changes } of [
      join(asleep, alertCase({ rescanned: true })),
      join(asleep, alertCase(), { bond: 'same-item' }),
    ]) {
      expect(life.snoozedUntil).toEqual(minute(500));
      expect(changes).toEqual(['occurrence-added']);
    }
  });
});

describe('another post of a resolved incident', () => {
  it('opens it again, with the times of the tier that the creator is in now', () => {
    const one = alertCase();
    const { life, transitions, changes } = join({ ...confirmed, minutesToAct: 1, minutesToResolve: 2 }, one);
    const { minutesToAct, minutesToResolve } = one.ruleset.tiers.find(({ tier }) => tier === one.tier.tier)!;
    expect(life).toMatchObject({
      state: 'open',
      resolution: null,
      regressions: 1,
      minutesToAct: minutesToAct.medium,
      minutesToResolve: minutesToResolve.medium,
      dueAt: minute(20 + minutesToAct.medium),
    });
    expect(changes).toEqual(['regressed']);
    expect(transitions).toEqual([
      {
        move: 'regressed',
        from: 'resolved',
        to: 'open',
        by: 'leakwatch',
        reason: 'found again after it was confirmed',
      },
    ]);
  });

  it('found by a re-scan only joins it, however bad', () => {
    const one = alertCase({ rescanned: true, campaign: { sensitivity: 'critical' } });
    expect(join(confirmed, one)).toEqual({
      life: confirmed,
      transitions: [],
      changes: ['occurrence-added'],
    });
  });
});

describe('a worse finding', () => {
  const worse = alertCase({ campaign: { sensitivity: 'critical' } });

  it('raises the severity, with its rule and nearer deadlines', () => {
    const { life, transitions, changes } = join(openLife(), worse);
    const { minutesToAct } = worse.ruleset.tiers.find(({ tier }) => tier === worse.tier.tier)!;
    expect(life).toMatchObject({
      severity: 'critical',
      severityReasons: [
        '90 rule level critical',
        '+10 critical sensitivity',
        '+5 three days or less to the lift',
      ],
      ruleId: 'critical-campaign-last-days',
      rulesetHash: worse.ruleset.hash,
      minutesToAct: minutesToAct.critical,
    });
    expect(life.dueAt.getTime()).toBeLessThanOrEqual(minute(30).getTime());
    expect(changes).toEqual(['occurrence-added', 'severity-changed']);
    expect(transitions).toEqual([
      {
        move: 'severity-changed',
        from: 'open',
        to: 'open',
        by: 'leakwatch',
        reason:
          'from medium to critical: 90 rule level critical, +10 critical sensitivity, +5 three days or less to the lift',
      },
    ]);
  });

  it('raises an incident that it has opened again', () => {
    expect(join(confirmed, worse)).toMatchObject({
      life: { state: 'open', severity: 'critical' },
      changes: ['regressed', 'severity-changed'],
    });
  });

  it('counts the posts of the incident', () => {
    const high = { campaign: { sensitivity: 'high' } } as const;
    expect(
      join(openLife(), alertCase({ ...high, confidence: 0.8 }), { posts: 12 }).life.severityReasons,
    ).toContain('+5 ten posts or more');
  });

  it('never lowers it', () => {
    const critical = openLife({ severity: 'critical' });
    expect(join(critical)).toMatchObject({ life: critical, changes: ['occurrence-added'] });
  });
});

describe('the deadlines of an incident that only re-scans have found', () => {
  const untold = openLife({ escalatesAt: null });

  it('begin with the first live post', () => {
    expect(join(untold).life).toEqual({
      ...untold,
      dueAt: minute(50),
      resolveDueAt: minute(260),
      escalatesAt: minute(50),
    });
  });

  it('do not begin with another re-scan', () => {
    expect(join(untold, alertCase({ rescanned: true })).life).toEqual(untold);
  });

  it('do not begin again at the end of the chain, or once somebody has answered', () => {
    const atTheEnd = openLife({ escalatesAt: null, escalationLevel: 3 });
    expect(join(atTheEnd).life).toEqual(atTheEnd);
    const answered = openLife({ state: 'acknowledged', escalatesAt: null });
    expect(join(answered).life).toEqual(answered);
  });
});

it('a price gives way to the leak that another post shows', () => {
  const priced = openLife({ violation: 'undisclosed-price' });
  expect(join(priced, alertCase({ kind: 'asset' })).life.violation).toBe('leaked-image');
  expect(join(openLife(), alertCase({ kind: 'asset' })).life.violation).toBe('early-post');
});
