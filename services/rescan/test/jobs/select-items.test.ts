import { type RegisteredCampaign, type RescanRequest } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { selectCampaigns } from '../../jobs/select-items.ts';
import { campaign } from '../support/scene.ts';

const asset = (id: string, cleared?: true): RegisteredCampaign['assets'][number] => ({
  ...{ id, sha256: id, file: `${id}.jpg`, engine: 'image/1', fingerprint: 'AAAA' },
  ...(cleared && { cleared }),
});
const list = {
  campaigns: [
    { ...campaign('spring', { name: 'Quillon' }), assets: [asset('hero'), asset('back')] },
    { ...campaign('public', { name: 'Ember' }), assets: [asset('template', true)] },
  ],
};
const ANY: RescanRequest = { minConfidence: 0, dryRun: false };
const selected = (...requests: Partial<RescanRequest>[]) =>
  selectCampaigns(
    list,
    requests.map((request) => ({ ...ANY, ...request })),
  ).flatMap(({ id, terms, assets }) => [...terms, ...assets].map((item) => `${id}/${item.id}`));
const item = (kind: 'term' | 'asset', campaignId: string, itemId: string) => ({ kind, campaignId, itemId });

describe('what a pass matches', () => {
  it('is one asset beside all the others, and no term', () => {
    expect(selected({ items: [item('asset', 'spring', 'hero')] })).toEqual([
      'spring/hero',
      'spring/back',
      'public/template',
    ]);
  });

  it('is no picture where terms alone, or what is cleared, are looked for', () => {
    expect(selected({ items: [item('term', 'spring', 'name')] })).toEqual(['spring/name']);
    expect(selected({ items: [item('asset', 'public', 'template')] })).toEqual([]);
    expect(selected({ lanes: ['text'] })).toEqual(['spring/name', 'public/name']);
  });

  it('is what any of its requests wants', () => {
    expect(
      selected({ items: [item('term', 'public', 'name')] }, { campaigns: ['spring'], lanes: ['image'] }),
    ).toEqual(['spring/hero', 'spring/back', 'public/name', 'public/template']);
  });
});
