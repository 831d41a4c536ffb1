import { describe, expect, it } from 'vitest';
import { violationOf, violationWith } from '../../../incidents/severity/violation-of.ts';
import { campaignCase, type CaseTraits } from '../../support/cases.ts';
import { LIFTS_AT, PUBLISHED_AT } from '../../support/detections.ts';

const TERMS = [
  { id: 'codename', text: 'Lumen Veil', kind: 'codename' },
  { id: 'amount', text: '79 EUR', kind: 'price' },
  { id: 'plain', text: 'Ember' },
];

describe('what a detection looks like', () => {
  it.each<[string, CaseTraits]>([
    ['early-post', { itemId: 'codename' }],
    ['early-post', { itemId: 'plain' }],
    ['undisclosed-price', { itemId: 'amount' }],
    ['leaked-image', { kind: 'asset', itemId: 'packshot' }],
    // An asset may have the id of a price.
    ['leaked-image', { kind: 'asset', itemId: 'amount' }],
  ])('%s', (violation, traits) => {
    expect(violationOf(campaignCase({ ...traits, campaign: { terms: TERMS } }))).toBe(violation);
  });

  it.each<[string, string, boolean | undefined, boolean, string]>([
    ['after the lift without a disclosure', LIFTS_AT, false, true, 'missing-disclosure'],
    ['before the lift', PUBLISHED_AT, false, true, 'undisclosed-price'],
    ['after the lift with a disclosure', LIFTS_AT, true, true, 'undisclosed-price'],
    ['where the text is not known to lack one', LIFTS_AT, undefined, true, 'undisclosed-price'],
    ['where the campaign asks for none', LIFTS_AT, false, false, 'undisclosed-price'],
  ])('a price %s', (_name, publishedAt, disclosed, asks, violation) => {
    const campaign = { terms: TERMS, ...(asks ? { disclosure: {} } : {}) };
    const said = disclosed === undefined ? {} : { disclosed };
    expect(violationOf(campaignCase({ itemId: 'amount', publishedAt, campaign, ...said }))).toBe(violation);
  });
});

describe('what an incident looks like after one more detection', () => {
  it.each([
    ['early-post', 'leaked-image', 'early-post'],
    ['leaked-image', 'undisclosed-price', 'leaked-image'],
    ['undisclosed-price', 'early-post', 'early-post'],
    ['undisclosed-price', 'leaked-image', 'leaked-image'],
    ['undisclosed-price', 'missing-disclosure', 'undisclosed-price'],
    ['missing-disclosure', 'early-post', 'early-post'],
    ['missing-disclosure', 'undisclosed-price', 'undisclosed-price'],
    ['missing-disclosure', 'missing-disclosure', 'missing-disclosure'],
    [null, 'early-post', null],
  ] as const)('%s, then %s: %s', (before, another, after) => {
    expect(violationWith(before, another)).toBe(after);
  });
});
