import { type AlertEvent } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { chainOfRuleset, fixedChain, type EscalationChain } from '../../incidents/life/escalation-chain.ts';
import { loadBuiltInRuleset } from '../../judge/load-ruleset.ts';
import { alertEvent as event } from '../support/alert-event.ts';
import { type Channel } from '../../tell/channels/channel.ts';
import { chooseChannels } from '../../tell/routing/choose-channels.ts';
import { parseRoutes } from '../../tell/routing/parse-routes.ts';
import { planNotice } from '../../tell/routing/plan-notice.ts';

const ALL = ['webhook', 'slack', 'pagerduty', 'email'];

const nowhere = { brand: null, step: null };
const routesOf = (yaml: string) => parseRoutes(yaml, 'routes.yaml', ALL);

describe('routes', () => {
  it('send what none of them takes to everybody', () => {
    const routes = routesOf(
      'routes: [{ name: serious, when: { severities: [critical] }, channels: [slack] }]',
    );
    expect(chooseChannels(routes, event(), nowhere, ALL)).toEqual(ALL);
    expect(chooseChannels(routes, event({ severity: 'critical' }), nowhere, ALL)).toEqual(['slack']);
  });

  it('go by the first that fits, or by all', () => {
    const both = (match: string) =>
      routesOf(`
match: ${match}
routes:
  - { name: acme, when: { brands: [acme], campaigns: [aurora] }, channels: [slack] }
  - { name: low tiers, when: { tiers: [1, 2], changes: [opened] }, channels: [email] }
`);
    const acme = { brand: 'acme', step: null };
    expect(chooseChannels(both('first'), event(), acme, ALL)).toEqual(['slack']);
    expect(chooseChannels(both('all'), event(), acme, ALL)).toEqual(['slack', 'email']);
    expect(chooseChannels(both('all'), event(), nowhere, ALL)).toEqual(['email']);
    expect(chooseChannels(both('all'), event({}, 'assigned'), nowhere, ALL)).toEqual(ALL);
  });

  it('go by the clock of their time zone, over midnight and by the day on which the night began', () => {
    const nights = routesOf(`
routes:
  - name: Monday night in Paris
    when: { hours: { from: '20:00', to: '08:00', days: [mon], timeZone: Europe/Paris } }
    channels: [pagerduty]
`);
    const at = (instant: string) => chooseChannels(nights, { ...event(), at: instant }, nowhere, ALL);
    expect(at('2026-11-23T18:59:00.000Z')).toEqual(ALL);
    expect(at('2026-11-23T19:00:00.000Z')).toEqual(['pagerduty']);
    expect(at('2026-11-24T06:59:00.000Z')).toEqual(['pagerduty']);
    expect(at('2026-11-24T07:00:00.000Z')).toEqual(ALL);
    expect(at('2026-11-23T06:00:00.000Z')).toEqual(ALL);
    expect(at('2026-07-06T18:30:00.000Z')).toEqual(['pagerduty']);
  });

  it('send an escalation to who stands at the step that it has come to', () => {
    const routes = routesOf(
      'routes: [{ name: lead, when: { escalatedTo: [security lead] }, channels: [pagerduty] }]',
    );
    const lead = { brand: null, step: 'security lead' };
    expect(chooseChannels(routes, event({ escalationLevel: 1 }, 'escalated'), lead, ALL)).toEqual([
      'pagerduty',
    ]);
    expect(chooseChannels(routes, event(), lead, ALL)).toEqual(ALL);
  });

  it('find the step in the chain in force, which names none where a setting replaces those of the tiers', () => {
    const routes = routesOf('routes: [{ name: l, when: { escalatedTo: [team-lead] }, channels: [slack] }]');
    const channels = ALL.map((name) => ({ name, timeoutMs: 1, deliver: () => Promise.resolve() }));
    const ruleset = loadBuiltInRuleset();
    const options = { channels, routes, campaigns: { campaigns: new Map() }, ruleset, digests: false };
    const escalated = event({ escalationLevel: 1 }, 'escalated');
    const told = (chain: EscalationChain) => planNotice(escalated, { ...options, chain }).atOnce;
    expect(told(chainOfRuleset(() => ruleset))).toEqual(['slack']);
    expect(told(fixedChain(3))).toEqual(ALL);
  });

  it('that are broken name line and column of all that is wrong', () => {
    expect(() => routesOf('routes:\n  - name: a\n    when: { tier: [1] }\n    channels: [slack]\n')).toThrow(
      /routes\.yaml:3:11: routes\[0\]\.when: .*tier/,
    );
    expect(() => routesOf('routes:\n  - name: a\n    channels: [fax]\n')).toThrow(
      'routes.yaml:3:16: route `a`: the channel `fax` is not set up: there are webhook, slack, pagerduty, email',
    );
    expect(() =>
      routesOf(
        "routes: [{ name: a, when: { hours: { from: '25:00', to: '1:00', timeZone: Mars } }, channels: [] }]",
      ),
    ).toThrow(/from: must be a time.*\n.*to: must be a time.*\n.*Mars|is no time zone/);
    expect(() => routesOf('routes: [')).toThrow(/routes\.yaml:1:\d+/);
  });
});

describe('what a tier tells in digests', () => {
  const channel = (name: string, more: Partial<Channel> = {}): Channel => ({
    name,
    timeoutMs: 1,
    deliver: () => Promise.resolve(),
    ...more,
  });
  const takesDigests = { deliverDigest: () => Promise.resolve() };
  const plan = (one: AlertEvent, channels: Channel[], digests = true) =>
    planNotice(one, {
      chain: chainOfRuleset(loadBuiltInRuleset),
      channels,
      routes: { match: 'first', details: {}, routes: [] },
      campaigns: { campaigns: new Map() },
      ruleset: loadBuiltInRuleset(),
      digests,
    });
  const channels = [
    channel('terminal', { showsAll: true }),
    channel('slack'),
    channel('email', takesDigests),
  ];

  it('waits, but for the terminal, and makes no call', () => {
    expect(plan(event(), channels)).toEqual({ atOnce: ['terminal'], inDigest: ['email'], whereKnown: [] });
    expect(plan(event({ tier: 5 }), channels).inDigest).toEqual(['email']);
  });

  it.each([
    ['is serious', event({ severity: 'high' })],
    ['is escalated', event({ escalationLevel: 1 }, 'escalated')],
    ['is of another tier', event({ tier: 2 })],
  ])('does not wait where it %s', (_, one) => {
    expect(plan(one, channels)).toMatchObject({ atOnce: ['terminal', 'slack', 'email'], inDigest: [] });
  });

  it('does not wait where no channel has a digest, or none is wanted', () => {
    expect(plan(event(), [channel('slack')])).toMatchObject({ atOnce: ['slack'], inDigest: [] });
    expect(plan(event(), channels, false).atOnce).toEqual(['terminal', 'slack', 'email']);
  });

  it('that is over is told at once to everybody who was called', () => {
    const resolved = event({ state: 'resolved', resolution: 'confirmed' }, 'verdict-given');
    expect(plan(resolved, channels)).toEqual({
      atOnce: ['terminal'],
      inDigest: ['email'],
      whereKnown: ['slack', 'email'],
    });
  });
});
