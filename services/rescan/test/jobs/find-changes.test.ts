import { type RegisteredCampaign } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import { campaign } from '../support/scene.ts';
import { findChanges } from '../../jobs/find-changes.ts';

const asset = (id: string, sha256: string): RegisteredCampaign['assets'][number] => ({
  id,
  sha256,
  file: `${id}.jpg`,
  engine: 'image/1',
  fingerprint: 'AAAA',
});
const named = (older: RegisteredCampaign[] | null, newer: RegisteredCampaign[]) =>
  findChanges(older === null ? null : { campaigns: older }, { campaigns: newer }).map(
    ({ campaignId, kind, itemId }) => `${campaignId} ${kind} ${itemId}`,
  );

describe('the changes between two watch lists', () => {
  const before = [{ ...campaign('a', { t1: 'Quillon', t2: 'Ember' }), assets: [asset('hero', '11')] }];

  it.each([
    ['all of the first', null, before, ['a term t1', 'a term t2', 'a asset hero']],
    ['nothing', before, before, []],
    [
      'a new term',
      before,
      [{ ...before[0]!, terms: [...before[0]!.terms, { id: 't3', text: 'x' }] }],
      ['a term t3'],
    ],
    [
      'a term with another text or policy',
      before,
      [
        {
          ...before[0]!,
          terms: [
            { id: 't1', text: 'Quillon!' },
            { id: 't2', text: 'Ember', policy: { fuzzy: false } },
          ],
        },
      ],
      ['a term t1', 'a term t2'],
    ],
    ['another picture', before, [{ ...before[0]!, assets: [asset('hero', '22')] }], ['a asset hero']],
    [
      'nothing where a picture has moved, or a newer engine has fingerprinted it',
      before,
      [
        {
          ...before[0]!,
          assets: [{ ...asset('hero', '11'), file: 'b.jpg', engine: 'image/2', fingerprint: 'BBBB' }],
        },
      ],
      [],
    ],
    [
      'nothing that is cleared',
      before,
      [{ ...before[0]!, assets: [{ ...asset('hero', '22'), cleared: true }] }],
      [],
    ],
    [
      'a picture that is cleared no longer',
      [{ ...before[0]!, assets: [{ ...asset('hero', '11'), cleared: true }] }],
      before,
      ['a asset hero'],
    ],
    ['nothing of what is gone', before, [{ ...before[0]!, terms: [], assets: [] }], []],
    [
      'the same name in another campaign',
      before,
      [...before, campaign('b', { t1: 'Quillon' })],
      ['b term t1'],
    ],
  ])('are %s', (_what, older, newer, expected) => {
    expect(named(older, newer)).toEqual(expected);
  });
});
