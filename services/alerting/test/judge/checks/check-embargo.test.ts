import { HOURS_LEFT_UNDATED } from '@leakwatch/tier-rules';
import { describe, expect, it } from 'vitest';
import {
  checkEmbargo,
  embargoStanding,
  isDisclosed,
  lacksDisclosure,
} from '../../../judge/checks/check-embargo.ts';
import { campaignCase, stopOf, valueOf } from '../../support/cases.ts';
import { LIFTS_AT, PUBLISHED_AT } from '../../support/detections.ts';

const A_MOMENT_BEFORE = '2026-11-22T08:59:59.999Z';
const AN_HOUR_AFTER = '2026-11-22T10:00:00.000Z';
const ASKING = { disclosure: {} };
const UNDATED = { embargo: undefined };

describe('the standing of a post against the embargo', () => {
  it.each([
    ['two days before the lift', PUBLISHED_AT, { dated: true, lifted: false, hoursLeft: 48 }],
    ['at the lift', LIFTS_AT, { dated: true, lifted: true, hoursLeft: 0 }],
    ['an hour after', AN_HOUR_AFTER, { dated: true, lifted: true, hoursLeft: -1 }],
  ])('%s', (_name, publishedAt, standing) => {
    expect(embargoStanding(campaignCase().campaign, publishedAt)).toEqual(standing);
  });

  it('is never free of a campaign without a date', () => {
    expect(embargoStanding(campaignCase({ campaign: UNDATED }).campaign, AN_HOUR_AFTER)).toEqual({
      dated: false,
      lifted: false,
      hoursLeft: HOURS_LEFT_UNDATED,
    });
  });
});

describe('a disclosure', () => {
  it.each([
    ['said', true, true],
    ['not said', false, false],
    ['not known', undefined, true],
  ])('%s', (_name, disclosed, counts) => {
    const said = disclosed === undefined ? {} : { disclosed };
    expect(isDisclosed(campaignCase({ campaign: ASKING, ...said }))).toBe(counts);
    expect(isDisclosed(campaignCase(said))).toBe(true);
  });

  it('is missed after the lift only', () => {
    const lacks = (publishedAt: string, disclosed: boolean) =>
      lacksDisclosure(campaignCase({ campaign: ASKING, publishedAt, disclosed }));
    expect(lacks(LIFTS_AT, false)).toBe(true);
    expect(lacks(LIFTS_AT, true)).toBe(false);
    expect(lacks(A_MOMENT_BEFORE, false)).toBe(false);
  });
});

describe('the embargo', () => {
  it('lets a post before the lift go on, as it is', () => {
    const one = campaignCase({ publishedAt: A_MOMENT_BEFORE });
    expect(valueOf(checkEmbargo(one))).toBe(one);
    expect(checkEmbargo(campaignCase({ campaign: UNDATED, publishedAt: AN_HOUR_AFTER })).kind).toBe('go');
  });

  it('stops one from the lift on, and says when that was', () => {
    expect(stopOf(checkEmbargo(campaignCase({ publishedAt: LIFTS_AT })))).toMatchObject({
      reason: 'after-embargo',
      detail: `published at ${LIFTS_AT}, when the embargo had lifted (${LIFTS_AT})`,
    });
  });

  it('lets one that lacks its disclosure go on', () => {
    const asked = { campaign: ASKING, publishedAt: AN_HOUR_AFTER };
    expect(checkEmbargo(campaignCase({ ...asked, disclosed: false })).kind).toBe('go');
    expect(checkEmbargo(campaignCase({ ...asked, disclosed: true })).kind).toBe('stop');
  });
});
