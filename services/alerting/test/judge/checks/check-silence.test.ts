import { describe, expect, it } from 'vitest';
import { checkSilence } from '../../../judge/checks/check-silence.ts';
import { chooseTier } from '../../../judge/checks/choose-tier.ts';
import { type Silence } from '../../../judge/queries/silence-row.ts';
import { campaignCase, stopOf, valueOf } from '../../support/cases.ts';
import { PUBLISHED_AT } from '../../support/detections.ts';

const at = (hours: number) => new Date(Date.parse(PUBLISHED_AT) + hours * 3_600_000);
const EVERYTHING: Silence = {
  id: '7',
  creatorId: null,
  campaignId: null,
  itemId: null,
  tier: null,
  startsAt: at(-1),
  endsAt: at(1),
  reason: 'a fair',
  madeBy: 'ana',
  endedBy: null,
};

function check(...silences: Silence[]) {
  const standing = { history: [], pin: null, now: at(100) };
  return checkSilence(valueOf(chooseTier(campaignCase({ more: { silences, standing } }))));
}

describe('a silence stops', () => {
  it.each<[string, Partial<Silence>]>([
    ['everything', {}],
    ['a creator', { creatorId: 'mara' }],
    ['a campaign', { campaignId: 'aurora' }],
    ['an item', { itemId: 'codename' }],
    ['a tier', { tier: 2 }],
    ['all of them together', { creatorId: 'mara', campaignId: 'aurora', itemId: 'codename', tier: 2 }],
    ['from its very beginning', { startsAt: at(0) }],
  ])('%s', (_name, changed) => {
    expect(stopOf(check({ ...EVERYTHING, ...changed }))).toMatchObject({
      reason: 'silenced',
      detail: `silence 7 by ana until ${at(1).toISOString()}: a fair`,
    });
  });
});

describe('a silence lets go', () => {
  it.each<[string, Partial<Silence>]>([
    ['another creator', { creatorId: 'nils' }],
    ['another campaign', { campaignId: 'borealis' }],
    ['another item', { itemId: 'packshot' }],
    ['another tier', { tier: 3 }],
    ['one of its kinds that does not fit', { creatorId: 'mara', itemId: 'packshot' }],
    ['a post from before it', { startsAt: at(0.01) }],
    ['a post at its end', { endsAt: at(0) }],
  ])('%s', (_name, changed) => {
    expect(check({ ...EVERYTHING, ...changed }).kind).toBe('go');
  });

  it('what no silence covers', () => {
    expect(check().kind).toBe('go');
  });
});

it('the first silence that fits is named', () => {
  const other = { ...EVERYTHING, id: '6', creatorId: 'nils' };
  const second = { ...EVERYTHING, id: '8', madeBy: 'ben' };
  expect(stopOf(check(other, EVERYTHING, second)).detail).toMatch(/^silence 7 by ana /);
});
