import { describe, expect, it } from 'vitest';
import { auditDetail } from './en-audit.ts';
import { ENGINE } from './en-engine.ts';
import { en } from './en.ts';

describe('a word of the engine', () => {
  it('of a score is told with its points', () => {
    expect(ENGINE.severityPart('60 rule level high')).toEqual({
      points: '60',
      reason: 'high, by the rule behind it',
    });
    expect(ENGINE.severityPart('+10 critical sensitivity')).toEqual({
      points: '+10',
      reason: 'the campaign is of critical sensitivity',
    });
    expect(ENGINE.severityPart('−5 relationship tier')).toEqual({
      points: '−5',
      reason: 'a trusted partner (tier 5)',
    });
    expect(ENGINE.severityPart('+5 three days or less to the lift').reason).toBe(
      'three days or less to the lift',
    );
  });

  it('without a text of its own is at least told in words', () => {
    expect(ENGINE.rule('price-in-caption')).toBe('price in caption');
    expect(ENGINE.failure('some_newReason')).toBe('some new reason');
  });

  it('in the history is replaced, and what a person wrote is not', () => {
    const notes: [what: string, note: string, said: string][] = [
      ['opened', 'now open; rule investigated-creator', 'now open; rule: Creator under investigation'],
      ['investigating', 'now investigating; and takes it', 'now in work; and assigned to the same person'],
      [
        'verdict-given',
        'now resolved; false-positive: look-alike name',
        'now resolved; false alarm: look-alike name',
      ],
      [
        'regressed',
        'now open; found again after it was false-positive',
        'now open; found again after it was false alarm',
      ],
      ['undone', 'now open; verdict-given', 'now open; verdict'],
      [
        'severity-changed',
        'now open; from medium to critical: 90 rule level critical, +5 three days or less to the lift',
        'now open; from medium to critical: critical, by the rule behind it (90), three days or less to the lift (+5)',
      ],
      [
        'escalated',
        'now open; level 1 of 3, team-lead: not acknowledged',
        'now open; level 1 of 3, team lead: not acknowledged',
      ],
      ['told', 'webhook: severity-changed', 'webhook: severity raised'],
      [
        'not told',
        'pagerduty: opened (connect ECONNREFUSED)',
        'PagerDuty: alert opened (connect ECONNREFUSED)',
      ],
      ['removed', 'by delete', 'deleted'],
      [
        'assigned',
        'now open; to jo-ann: she_knows rule level high',
        'now open; to jo-ann: she_knows rule level high',
      ],
    ];
    for (const [what, note, said] of notes) expect(ENGINE.historyNote(what, note)).toBe(said);
  });

  it('of a tier never stands without its meaning', () => {
    expect([1, 2, 3, 4, 5].map(ENGINE.tier)).toEqual([
      'tier 1 (bulk)',
      'tier 2 (risk-based sampling)',
      'tier 3 (focused)',
      'tier 4 (investigative)',
      'tier 5 (relationship)',
    ]);
    expect(ENGINE.tierReason('after a serious alert closed on 2026-11-01: tier 4 until 2026-12-01')).toBe(
      'after a serious alert closed on 2026-11-01: tier 4 (investigative) until 2026-12-01',
    );
  });

  it('of the audit log names its subject shortly', () => {
    const id = 'ab12cd34'.padEnd(64, '0');
    expect(ENGINE.auditSubject(id)).toBe('incident ab12cd34');
    expect(ENGINE.auditSubject(`dead-letter/${id}`)).toBe('dead letter ab12cd34');
    expect(ENGINE.auditSubject('watch-list/4')).toBe('watch list 4');
    expect(ENGINE.audit('verdict-given')).toBe('gave a verdict');
    expect(ENGINE.audit('merged')).toBe('merged an incident');
  });
});

it('a refused field is named without the words of programs', () => {
  const said = (problem: string) => en.problems.field(problem);
  expect(said('body/campaigns: there is no campaign `x`')).toBe('campaigns: there is no campaign `x`');
  expect(said('body/campaigns/0: must be text')).toBe('campaigns: must be text');
  expect(said('body: must be an object')).toBe('must be an object');
  expect(said('a silence ends after it begins: give another time')).toBe(
    'a silence ends after it begins: give another time',
  );
});

it('a line of the audit log says what a change changed, or what it was about', () => {
  const said = (detail: Record<string, unknown>) =>
    auditDetail(detail, (ids) => (ids === null ? 'all campaigns' : ids.join(', ').toUpperCase()));
  const rights = { role: 'analyst', campaigns: ['aurora'], disabled: false };
  const after = { ...rights, role: 'lead', campaigns: null };
  expect(said({ name: 'pia', before: rights, after })).toBe(
    'role: analyst → lead; campaigns: AURORA → all campaigns',
  );
  expect(said({ name: 'pia', before: rights, after: { ...rights, disabled: true } })).toBe(
    'disabled: no → yes',
  );
  expect(said({ change: 'assigned', to: 'ben', reason: '' })).toBe('to: ben');
  expect(said({ creatorId: 'mara-k', campaignId: 'aurora' })).toBe('creator: mara-k; campaign: AURORA');
  expect(said({})).toBe('');
});
