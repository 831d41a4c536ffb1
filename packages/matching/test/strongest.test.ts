import { type Grade, type MatchEvidence } from '@leakwatch/contracts';
import { expect, it } from 'vitest';
import { strongestOfEachItem } from '../index.ts';

const shown = (mediaIndex: number, grade: Grade, confidence: number): MatchEvidence => ({
  ...{ campaignId: 'launch', itemId: 'hero', kind: 'asset', confidence, grade, mediaIndex },
  ...{ span: null, matched: `media[${mediaIndex}]`, how: [], distance: null, region: null },
});

it('keeps of several pictures the one that raises an alert, and of those the surest', () => {
  const found = [shown(0, 'part', 0.99), shown(1, 'same', 0.7), shown(2, 'same', 0.8), shown(3, 'part', 0.9)];
  const kept = (alertOn: readonly Grade[]) =>
    strongestOfEachItem(found, (_campaign, _asset, grade) => alertOn.includes(grade)).map(
      ({ mediaIndex }) => mediaIndex,
    );
  expect(kept(['same'])).toEqual([2]);
  expect(kept(['same', 'part'])).toEqual([0]);
  expect(kept(['same-layout'])).toEqual([0]);
});
