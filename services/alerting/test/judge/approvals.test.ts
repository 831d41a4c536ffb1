import { CampaignSchema } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { approvalOf, approvalsOf, type Approval } from '../../judge/approvals.ts';
import { detection, type DetectionTraits } from '../support/detections.ts';

const approvals = approvalsOf(
  CampaignSchema.parse({
    id: 'aurora',
    name: 'Aurora',
    approvedPosts: [
      'allowed-id',
      'https://www.instagram.com/p/allowed/?igshid=1',
      'ftp://files.example/a',
      'https://[broken',
    ],
    approvedTexts: ['Counting down ✨  #ad'],
  }),
);

describe('a post is approved', () => {
  it.each<[string, DetectionTraits, Approval | null]>([
    ['by its id', { nativeId: 'allowed-id' }, 'post'],
    ['by its address', { canonicalUrl: 'https://instagram.com/p/allowed' }, 'post'],
    [
      'by another spelling of its address',
      { canonicalUrl: 'HTTP://m.instagram.com/p/allowed?utm_x=1#a' },
      'post',
    ],
    ['by an address of another kind, to the letter', { canonicalUrl: 'ftp://files.example/a' }, 'post'],
    ['by an address that can not be read, to the letter', { canonicalUrl: 'https://[broken' }, 'post'],
    ['by its text', { text: 'counting down ✨ #AD ' }, 'text'],
    ['by its id before its text', { nativeId: 'allowed-id', text: 'Counting down ✨ #ad' }, 'post'],
    ['not: another id', { nativeId: 'allowed-id-2' }, null],
    ['not: another page', { canonicalUrl: 'https://instagram.com/p/allowed/2' }, null],
    ['not: another case of the path', { canonicalUrl: 'https://instagram.com/p/Allowed' }, null],
    [
      'not: an address of another kind is not shortened',
      { canonicalUrl: 'ftp://www.files.example/a/' },
      null,
    ],
    ['not: the text goes on', { text: 'Counting down ✨ #ad and more' }, null],
    ['not: neither address nor text is known', {}, null],
  ])('%s', (_name, traits, approval) => {
    expect(approvalOf(detection(traits), approvals)).toBe(approval);
  });

  it('never where the campaign approves nothing', () => {
    const none = approvalsOf(CampaignSchema.parse({ id: 'aurora', name: 'Aurora' }));
    expect(approvalOf(detection({ nativeId: 'allowed-id', text: '' }), none)).toBeNull();
  });
});
