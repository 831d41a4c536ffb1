import { expect, it } from 'vitest';
import { checkApproval } from '../../../judge/checks/check-approval.ts';
import { campaignCase, stopOf, valueOf } from '../../support/cases.ts';

const campaign = { approvedPosts: ['allowed-id'], approvedTexts: ['Ember soon #ad'] };

it('lets a post without approval go on, as it is', () => {
  const one = campaignCase({ campaign, nativeId: 'other', text: 'Ember now' });
  expect(valueOf(checkApproval(one))).toBe(one);
});

it('stops an approved post and an approved text, each with its reason', () => {
  expect(stopOf(checkApproval(campaignCase({ campaign, nativeId: 'allowed-id' })))).toMatchObject({
    reason: 'approved-post',
    detail: 'the campaign lists the post among its approved ones',
  });
  expect(stopOf(checkApproval(campaignCase({ campaign, text: 'ember soon #ad' })))).toMatchObject({
    reason: 'approved-text',
    detail: 'the text is one that the campaign lists among its approved ones',
  });
});
