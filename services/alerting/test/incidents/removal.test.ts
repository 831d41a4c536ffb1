import { detectionId } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { type ScannedRevision } from '../../incidents/queries/load-scanned-revisions.ts';
import { removalOf, type Finding } from '../../incidents/removal.ts';

const SCANNED_AT = new Date('2026-11-20T12:00:00.000Z');
const FINDING: Finding = {
  revision: 1,
  campaignId: 'aurora',
  kind: 'term',
  itemId: 'codename',
  lacksDisclosure: false,
};
const POST = 'the-post-in-revision-3';
const again = detectionId(POST, 'aurora', 'term', 'codename');

function scanned(changed: Partial<ScannedRevision> = {}): ScannedRevision {
  return {
    threadId: 'the-post',
    lane: 'text',
    postId: POST,
    revision: 3,
    op: 'update',
    detectionIds: [],
    disclosedCampaigns: [],
    scannedAt: SCANNED_AT,
    ...changed,
  };
}

describe('a finding is gone', () => {
  it.each([
    ['the post was deleted', FINDING, scanned({ op: 'delete' }), 'delete'],
    [
      'the post was deleted in the same revision',
      { ...FINDING, revision: 3 },
      scanned({ op: 'delete' }),
      'delete',
    ],
    ['a later revision lacks it', FINDING, scanned(), 'edit'],
    [
      'a later revision has another item only',
      FINDING,
      scanned({ detectionIds: [detectionId(POST, 'aurora', 'asset', 'codename')] }),
      'edit',
    ],
    [
      'a later revision has it, and says now that it is advertising',
      { ...FINDING, lacksDisclosure: true },
      scanned({ detectionIds: [again], disclosedCampaigns: ['aurora'] }),
      'edit',
    ],
  ] as const)('when %s', (_name, finding, newest, by) => {
    expect(removalOf(finding, newest)).toEqual({ at: SCANNED_AT, by });
  });
});

describe('a finding stands', () => {
  it.each([
    ['no later revision was scanned', FINDING, null],
    ['it was found in the newest revision', { ...FINDING, revision: 3 }, scanned()],
    ['it was found in a revision newer than the scan', { ...FINDING, revision: 4 }, scanned()],
    ['a later revision has it too', FINDING, scanned({ detectionIds: [again] })],
    [
      'it is a leak, which no disclosure mends',
      FINDING,
      scanned({ detectionIds: [again], disclosedCampaigns: ['aurora'] }),
    ],
    [
      'the disclosure is that of another campaign',
      { ...FINDING, lacksDisclosure: true },
      scanned({ detectionIds: [again], disclosedCampaigns: ['borealis'] }),
    ],
  ] as const)('while %s', (_name, finding, newest) => {
    expect(removalOf(finding, newest)).toBeNull();
  });
});
