/** Whether a spelling that the scan found is the name: its letters, what stands between them, and its edges. */
import { describe, expect, it } from 'vitest';
import { judgedSpellings } from './scan-for-name.ts';

describe('enough of a name is written as itself', () => {
  it.each([
    ['Velm', 'v31m', 'v31m | case leet | 0.95'],
    ['Velmo', 'v31m0', 'v31m0 | case leet | 0.95'],
    ['Velmor', 'v31m0r', 'v31m0r | case leet | 0.95'],
    ['Velmora', 'v31m0r4', 'v31m0r4 | case leet | 0.95'],
    ['Teslab', '7351ab', '7351ab | leet | 0.95'],
    ['Teslabot', '7351ab07', '7351ab07 | leet | 0.95'],
    ['Teslabot', '7351а807', '7351а807 | confusable leet | 0.931'],
    ['Velmo', 'v*lmo', 'v*lmo | case masked | 0.9'],
    ['Velmoria', 'v*lm*ria', 'v*lm*ria | case masked | 0.9'],
    ['Velmoria', 'v**m**ia', 'v**m**ia | case masked | 0.9'],
    ['Velmoria', 've****ia', 've****ia | case masked | 0.9'],
    ['Velmori', 'v***ori', 'v***ori | case masked | 0.9'],
    ['Velmoria', 'v🔥l🔥o🔥ia', 'v🔥l🔥o🔥ia | case masked | 0.9'],
    ['Velmoria', 'v🔥lm🍒ria', 'v🔥lm🍒ria | case masked | 0.9'],
    ['Velmoria', 'v*lm0ria', 'v*lm0ria | case leet masked | 0.855'],
    ['Velmoriazorv', 'v*lm0r1az0rv', 'v*lm0r1az0rv | case leet masked | 0.855'],
    ['Orvo Rinner', 'orv🔥 rinner', 'orv🔥 rinner | case masked | 0.9'],
    ['Orvo Rinner', 'orv* rinner', 'orv* rinner | case masked | 0.9'],
    ['Stars Ranger', 'star* r*nger', 'star* r*nger | case masked | 0.9'],
    ['Planet Mist', 'plane* mist', 'plane* mist | case masked | 0.9'],
    ['Zorvexa', 'zorvex🔥 now', 'zorvex | case masked | 0.9'],
    ['Zorvexa', 'zorvex* now', 'zorvex | case masked | 0.9'],
    ['Zorblymade', 'zorbl-made', 'zorbl-made | case masked | 0.9'],
    ['Handymade Oil', 'hand-made oil', 'hand-made oil | case masked | 0.9'],
    ['Handymade', 'hand*made', 'hand*made | case masked | 0.9'],
    ['Loser', 'loooser', 'loooser | case repeat | 0.97'],
    ['Kessel Zorv', 'kesel zorv', 'kesel zorv | case typo | 0.791'],
    ['Zorvexium', 'zorvvexium', 'zorvvexium | case repeat | 0.97'],
    ['Mississippee', 'misisipe', 'misisipe | case typo | 0.636'],
  ])('%s in %j', (name, text, answer) => {
    expect(judgedSpellings(name, text)).toEqual([answer]);
  });

  // A slash may also hide a letter, which is the less likely reading.
  it.each([
    ['Harbor Comet', 'harbor/comet', 'harbor/comet | case separated | 0.99'],
    ['Harbor Comet Oil', 'harborcomet/oil', 'harborcomet/oil | case joined separated | 0.97'],
  ])('%s in %j, among other readings', (name, text, answer) => {
    expect(judgedSpellings(name, text)).toContain(answer);
  });

  it.each([
    ['Velmoria Oil', 'velmoria            oil', 'velmoria            oil | case separated | 0.99'],
    ['Velmoria Oil', 'v e l m o r i a oil', 'v e l m o r i a oil | case spaced | 0.98'],
    ['Velmoria Oil', 'v e l m o r i a o il', 'v e l m o r i a o il | case spaced | 0.98'],
    ['Velmoria Oil', 'v e l m o r i a, o il', 'v e l m o r i a, o il | case spaced | 0.98'],
    ['Zorvexium', 'zor vexium', 'zor vexium | case split | 0.93'],
    ['Zorvexium', 'zor,vexium', 'zor,vexium | case split | 0.93'],
    ['ZorvExium', 'z0rv exium', 'z0rv exium | case leet separated | 0.941'],
    ['ZorvExium', 'zorv.exium', 'zorv.exium | case separated | 0.99'],
    ['ZorvExium', 'zorv exium oil', 'zorv exium | case separated | 0.99'],
    ['Harbor Comet', 'harbor,comet', 'harbor,comet | case separated | 0.99'],
    ['Harbor Comet', 'harbor,\ncomet', 'harbor,\ncomet | case separated | 0.99'],
    ['Harbor Comet', '"harbor" "comet"', 'harbor" "comet | case separated | 0.99'],
    ['Harbor Comet', 'so, "harbor" "comet", yes', 'harbor" "comet | case separated | 0.99'],
    ['Harbor Comet', '„harbor“ „comet“', 'harbor“ „comet | case separated | 0.99'],
    ['Harbor Comet', 'harborcomet', 'harborcomet | case joined | 0.98'],
    ['Harbor-Comet', 'harbor comet', 'harbor comet | case | 1'],
  ])('%s in %j', (name, text, answer) => {
    expect(judgedSpellings(name, text)).toEqual([answer]);
  });

  it.each([
    ['Velmoria', 'VelmoriaLaunch', 'Velmoria | glued | 0.85'],
    ['Velmoria', 'myVelmoria', 'Velmoria | glued | 0.85'],
    ['Zorvexium', 'zorvexiums', 'zorvexiums | case inflected | 0.92'],
    ['Zorvexium', 'zorvexiumses', 'zorvexium | case glued | 0.85'],
    ['Zorvexium', 'thezorvexiums', 'zorvexiums | case glued inflected | 0.782'],
    ['Zorvexium', 'Zorvexiums', 'Zorvexiums | inflected | 0.92'],
    ['Ember', 'Embers', 'Embers | inflected | 0.92'],
    ['Tidepool', 'Tidepools', 'Tidepools | inflected | 0.92'],
    ['tidepool', 'tidepools', 'tidepools | inflected | 0.92'],
    ['Tide Pool', 'tide pools', 'tide pools | case inflected | 0.92'],
    ['Ember', 'theEmber', 'Ember | glued | 0.85'],
    ['velmoria 5', '15velmoria 5', 'velmoria 5 | glued | 0.85'],
    ['Velmoria', 'xVelmoria9s', 'Velmoria | glued | 0.85'],
  ])('%s in %j', (name, text, answer) => {
    expect(judgedSpellings(name, text)).toEqual([answer]);
  });

  it.each([
    ['Velmoria', 'myVelmoriax'],
    ['Ember', 'embers'],
    ['ember', 'Embers'],
    ['ember', 'embers'],
    ['Tidepool', 'tidepools'],
    ['Ember', 'theEmberx'],
    ['velmoria 5', 'velmoria 55'],
    ['5 velmoria', '15 velmoria'],
    ['5 velmoria', '1.5 velmoria'],
  ])('%s is not in %j', (name, text) => {
    expect(judgedSpellings(name, text)).toEqual([]);
  });

  it.each([
    ['word', 'a velmoria!', 'velmoria | case | 1'],
    ['word', 'the VelmoriaLaunch', undefined],
    ['part', 'the VelmoriaLaunch', 'Velmoria | glued | 0.85'],
    ['part', 'the velmoriazzk', undefined],
    ['anywhere', 'the velmoriazzk', 'velmoria | case glued | 0.85'],
    ['anywhere', 'the zzkvelmoria', 'velmoria | case glued | 0.85'],
    ['prefix', 'the velmoriazzk', 'velmoria | case | 1'],
    ['prefix', 'the velmoria', 'velmoria | case | 1'],
    ['prefix', 'the zzkvelmoria', undefined],
    ['prefix', 'the myVelmoria', undefined],
  ] as const)('with the boundary %s, in %j: %s', (boundary, text, answer) => {
    expect(judgedSpellings('Velmoria', text, {}, boundary)).toEqual(answer === undefined ? [] : [answer]);
  });

  it('never within one character', () => {
    expect(judgedSpellings('Velmoraf', 'velmora\ufb01', {}, 'prefix')).toEqual([]);
    expect(judgedSpellings('Velmorafi', 'velmora\ufb01', {}, 'prefix')).toHaveLength(1);
  });
});
