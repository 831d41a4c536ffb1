import { expect, it } from 'vitest';
import { findCampaign } from '../../../judge/checks/find-campaign.ts';
import { detectionCase, stopOf, valueOf } from '../../support/cases.ts';

it('finds the campaign and the creator of a detection', () => {
  const found = valueOf(findCampaign(detectionCase({ creatorId: 'mara', creator: { name: 'Mara' } })));
  expect(found.campaign.id).toBe('aurora');
  expect(found.creator).toMatchObject({ id: 'mara', name: 'Mara' });
});

it('goes on without a creator whom no brand has registered', () => {
  expect(valueOf(findCampaign(detectionCase({ creator: null }))).creator).toBeNull();
});

it('stops where the watch list no longer has the campaign', () => {
  expect(stopOf(findCampaign(detectionCase({ campaignId: 'gone' })))).toEqual({
    kind: 'stop',
    reason: 'unknown-campaign',
    detail: 'version 1 of the watch list has no such campaign',
    shadows: [],
  });
});
