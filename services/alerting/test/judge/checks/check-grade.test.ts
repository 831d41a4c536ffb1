import { type Grade, type RegisteredAsset } from '@leakwatch/contracts';
import { expect, it } from 'vitest';
import { checkGrade } from '../../../judge/checks/check-grade.ts';
import { campaignCase, stopOf, valueOf } from '../../support/cases.ts';

const asset = (id: string, alertOn?: Grade[]): RegisteredAsset => ({
  ...{ id, file: `${id}.png`, sha256: id, engine: 'image/6', fingerprint: '' },
  ...(alertOn === undefined ? {} : { alertOn }),
});
const shown = (grade: Grade, itemId: string, alertOn?: Grade[]) =>
  campaignCase({
    ...{ kind: 'asset', itemId, grade },
    campaign: {
      assets: [asset('hero'), asset('template', ['same', 'part', 'same-layout']), asset('stock', ['same'])],
      ...(alertOn === undefined ? {} : { alertOn }),
    },
  });

it.each<[Grade, string, Grade[] | undefined]>([
  ['same', 'hero', undefined],
  ['part', 'hero', undefined],
  ['same-layout', 'hero', ['same-layout']],
  ['same-layout', 'template', undefined],
  ['same', 'stock', ['part']],
  // An asset that the current watch list no longer has follows its campaign.
  ['part', 'gone', undefined],
])('lets %s of %s go on under the policy of the campaign %s', (grade, itemId, alertOn) => {
  const one = shown(grade, itemId, alertOn);
  expect(valueOf(checkGrade(one))).toBe(one);
});

it.each<[Grade, string, Grade[] | undefined, string]>([
  ['same-layout', 'hero', undefined, 'same, part'],
  ['part', 'hero', ['same'], 'same'],
  ['part', 'stock', undefined, 'same'],
  ['part', 'stock', ['same', 'part'], 'same'],
  ['same-layout', 'gone', undefined, 'same, part'],
])('stops %s of %s under the policy of the campaign %s', (grade, itemId, alertOn, grades) => {
  expect(stopOf(checkGrade(shown(grade, itemId, alertOn)))).toMatchObject({
    reason: 'grade-not-alerting',
    detail: `the picture is graded ${grade}, and the asset alerts on ${grades}`,
  });
});

it('lets a term go on, and a picture of an earlier version', () => {
  expect(valueOf(checkGrade(campaignCase())).detection.evidence.grade).toBeUndefined();
  expect(valueOf(checkGrade(campaignCase({ kind: 'asset' }))).detection.evidence.kind).toBe('asset');
});
