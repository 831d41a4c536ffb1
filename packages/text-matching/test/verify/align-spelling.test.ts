/** The letters of a name beside those of a text: which are themselves, drawn, replaced or hidden, and what stands between them. */
import { describe, expect, it } from 'vitest';
import { describeAlignment, scanForName } from './scan-for-name.ts';

/** name · text · each reading of it: what it counts; how it differs */
const cases: readonly (readonly [name: string, text: string, readings: readonly string[]])[] = [
  // Letters as they are, drawn, and as signs or digits.
  ['Velmoria', 'velmoria', ['end 8, 8 plain; case']],
  ['Velmoria', 'v3lm0ria', ['end 8, 6 plain, 2 leet; case leet']],
  ['Velmoria', 'v3lmoria', ['end 8, 7 plain, 1 leet; case leet']],
  ['Velmoria', 'vеlmoria', ['end 8, 7 plain, 1 drawn; case confusable']],
  [
    'Velmoria',
    'v€lmoria',
    ['end 8, 7 plain, 1 drawn; case confusable', 'end 8, 7 plain, 1 masked, all €; case masked'],
  ],
  ['Velmori@', 'velmoria', ['end 7, 7 plain; case']],
  ['Velmoria', 'ｖelmoria', ['end 8, 8 plain; case compat']],
  ['crème', 'creme', ['end 5, 5 plain; diacritic']],
  ['crème', 'cr&egrave;me', ['end 5, 5 plain; entity']],
  ['vе1m', 'vе1m', ['end 4, 4 plain']],
  ['Velm', 'Vеlm', ['end 4, 3 plain, 1 drawn; confusable']],
  ['Velmoria', 'vel\u200bmoria', ['end 8, 8 plain; case zero-width']],
  // Masked letters.
  ['Velmoria', 'v*lm*ria', ['end 6, 6 plain, 2 masked, 2 stars, all *; case masked']],
  ['Velmoria', 'v*lm🔥ria', ['end 6, 6 plain, 2 masked, 1 stars; case masked']],
  ['Velmoria', 'v🔥lm🔥ria', ['end 6, 6 plain, 2 masked, all 🔥; case masked']],
  ['Velmoria', 'v🔥lm🍒r🔥a', ['end 5, 5 plain, 3 masked; case masked']],
  ['Velmoria', 'v-lmoria', ['end 7, 7 plain, 1 masked, 1 weak, all -; case masked']],
  ['Velmoria', 'v-lm*ria', ['end 6, 6 plain, 2 masked, 1 weak, 1 stars; case masked']],
  ['Velmoria', 've**oria', ['end 6, 6 plain, 2 masked, 2 stars, all *; case masked']],
  ['Velmoria', 've--oria', ['end 6, 6 plain, 2 masked, 2 weak, all -; case masked']],
  ['Velmoria', 'velmori*', ['end 7, 7 plain, 1 masked, 1 stars, all *, edge behind 6; case masked']],
  ['Velmoria', 'velmor** now', ['end 6, 6 plain, 2 masked, 2 stars, all *, edge behind 5; case masked']],
  ['Velmoria', 'velmori🔥 now', ['end 7, 7 plain, 1 masked, all 🔥, edge behind 6; case masked']],
  ['Velmoria', 'velm*ri* now', ['end 6, 6 plain, 2 masked, 2 stars, all *; case masked']],
  [
    'Velmoria Oil',
    'velmori* oil',
    ['end 10, 10 plain, 1 masked, 1 stars, all *, edge behind 6; case masked'],
  ],
  ['Velmoria Oil', 'velm*ri* oil', ['end 9, 9 plain, 2 masked, 2 stars, all *; case masked']],
  [
    'Velmoria Oil',
    'velmoria o*l',
    ['end 10, 10 plain, 1 masked, 1 stars, all *, between words(space), longest 1; case masked'],
  ],
  [
    'Velmoria Oil',
    'velmoria oi* x',
    [
      'end 10, 10 plain, 1 masked, 1 stars, all *, edge behind 9, between words(space), longest 1; case masked',
    ],
  ],
  [
    'Velmoria Oil',
    'v****ria oil',
    ['end 7, 7 plain, 4 masked, 4 stars, all *, between words(space), longest 1; case masked'],
  ],
  [
    'Velmoria Oil',
    'velmoria o**',
    ['end 9, 9 plain, 2 masked, 2 stars, all *, edge behind 8, between words(space), longest 1; case masked'],
  ],
  ['Velmoria Oil', 'velmoria *il', ['different']],
  ['Velmoria 5x', 'velmoria *x', ['different']],
  ['Velmori5x', 'velmori-x', ['different']],
  ['Velmori5x', 'velmori*x', ['end 8, 8 plain, 1 masked, 1 stars, all *; case masked']],
  [
    'Velmoria Oil',
    'velm-ria-oil',
    [
      'end 10, 10 plain, 1 masked, 1 weak, all -, between words(joiner), 1 changed, longest 1; case masked',
      'end 10, 9 plain, 2 masked, 2 weak, all -; case masked',
    ],
  ],
  // Masks beside spaces.
  ['Velmoria', 'v *lmoria', ['different']],
  ['Velmoria', 'v* lmoria', ['different']],
  ['Velmoria', 've** moria', ['different']],
  ['Velmoria', 've* *oria', ['different']],
  [
    'Velmoria',
    'velmor! a',
    ['end 8, 7 plain, 1 leet, 1 of 7 broken(space), longest 1; case leet', 'different'],
  ],
  // Separators within a word.
  ['Velmoria', 'vel moria', ['end 8, 8 plain, 1 of 7 broken(space), longest 1; case']],
  ['Velmoria', 'vel\nmoria', ['end 8, 8 plain, 1 of 7 broken(line), longest 1; case']],
  ['Velmoria', 'vel.moria', ['end 8, 8 plain, 1 of 7 broken(stop), longest 1; case']],
  ['Velmoria', 'vel - moria', ['end 8, 8 plain, 1 of 7 broken(space joiner), longest 3; case']],
  ['Velmoria', 'v e l m o r i a', ['end 8, 8 plain, spaced, longest 1; case']],
  ['Velmoria', 'V. e. l. m. o. r. i. a', ['end 8, 8 plain, spaced, longest 2']],
  ['Velmoria', 'v e l m o ria', ['end 8, 8 plain, spaced, longest 1; case']],
  ['TidePool', 'tide pool', ['end 8, 7 plain, 1 of 6 broken parts(space), longest 1; case']],
  [
    'TidePool',
    'tide🔥pool',
    [
      'end 8, 7 plain, 1 of 6 broken parts(picture), longest 2; case',
      'end 8, 6 plain, 1 masked, all 🔥; case masked',
    ],
  ],
  ['TidePool', 'ti depool', ['end 8, 7 plain, 1 of 6 broken(space), longest 1; case']],
  [
    'TidePool Oil',
    'tide pool o il',
    ['end 11, 10 plain, 2 of 8 broken(space) parts(space), between words(space), longest 1; case'],
  ],
  // Separators between words.
  ['Velmoria Oil', 'velmoria  oil', ['end 11, 11 plain, between words(space), 1 changed, longest 2; case']],
  ['Velmoria Oil', 'velmoria\noil', ['end 11, 11 plain, between words(line), 1 changed, longest 1; case']],
  ['Velmoria Oil', 'velmoriaoil', ['end 11, 11 plain, 1 missing; case']],
  [
    'Velmoria Oil',
    'velmoria, oil',
    ['end 11, 11 plain, between words(space clause), 1 changed, longest 2; case'],
  ],
  [
    'Velmoria Oil',
    'velmoria🔥🔥oil',
    ['end 11, 11 plain, between words(picture), 1 changed, longest 4; case'],
  ],
  [
    'Velmoria-Oil',
    'velmoria-oil',
    [
      'end 11, 11 plain, between words(joiner), longest 1; case',
      'end 11, 10 plain, 1 masked, 1 weak, all -; case masked',
    ],
  ],
  ['Velmoria-Oil', 'velmoria oil', ['end 11, 11 plain, between words(space), longest 1; case']],
  ['Velmoria-Oil', 'velmoria.oil', ['end 11, 11 plain, between words(stop), 1 changed, longest 1; case']],
  [
    'Velmoria Oil Nine',
    'velmoriaoil-nine',
    [
      'end 15, 15 plain, between words(joiner), 1 missing, 1 changed, longest 1; case',
      'end 15, 14 plain, 1 masked, 1 weak, all -, 1 missing; case masked',
    ],
  ],
  [
    'Velmoria Oil',
    'velmoria&nbsp;&nbsp;&nbsp;oil',
    ['end 11, 11 plain, between words(space), 1 changed, longest 3; case'],
  ],
  [
    'Velmoria Oil',
    'velmoria%20%20%20%20%20%20oil',
    ['end 11, 11 plain, between words(space), 1 changed, longest 1; case'],
  ],
  // Repeats.
  ['Glass', 'glas', ['end 4, 4 plain, 1 lost, 1 doubled; case typo']],
  ['Glass', 'glass', ['end 5, 4 plain; case']],
  ['Glass', 'glasssss', ['end 8, 4 plain; case repeat']],
  ['Glas', 'glass', ['end 5, 4 plain, 1 doubled; case repeat']],
  ['Glas', 'glasss', ['end 6, 4 plain; case repeat']],
  ['Glass', 'glas s', ['end 5, 4 plain, 1 of 4 broken(space), longest 1; case']],
  ['Glass', 'glas s is', ['end 5, 4 plain, 1 of 4 broken(space), longest 1; case']],
  ['Glass', 'glas so', ['end 4, 4 plain, 1 lost, 1 doubled; case typo']],
  ['Glass', 'glass s', ['end 5, 4 plain; case']],
  ['Glass', 'glas s s', ['end 5, 4 plain, 1 of 4 broken(space), longest 1; case']],
  ['Coffee', 'c o f f e e', ['end 6, 4 plain, spaced, longest 1; case']],
  ['Coffee', 'cof fee', ['end 6, 4 plain, 1 of 4 broken(space), longest 1; case']],
  ['Coffee', 'cofe', ['end 4, 4 plain, 2 lost, 2 doubled; case typo']],
  ['Coffee', 'coffffee', ['end 8, 4 plain; case repeat']],
  ['Tallyho', 'tal.lyho', ['end 7, 6 plain, 1 of 6 broken(stop), longest 1; case']],
  ['Tallyho', 'tal!lyho', ['end 8, 6 plain; case repeat']],
  ['Zorv 11', 'zorv 11', ['end 6, 5 plain, between words(space), longest 1; case']],
  ['Zorv 11', 'zorv 1', ['different']],
  ['Zorv 1', 'zorv 11', ['different']],
  ['Zorv 11', 'zorv 1!', ['different']],
  ['Zorv 11', 'zorv 1 1', ['end 6, 5 plain, 1 of 1 broken(space), between words(space), longest 1; case']],
  ['Glass Serum', 'glas serum', ['end 9, 8 plain, 1 lost, between words(space), longest 1; case typo']],
  ['Glass Serum', 'glasserum', ['end 9, 8 plain, 1 lost, 1 missing; case typo']],
  ['Glass Serum', 'glass serum', ['end 10, 8 plain, between words(space), longest 1; case']],
  ['Glass Serum', 'glassserum', ['end 10, 8 plain, 1 missing; case']],
  [
    'Glass Serum',
    'glass s serum',
    ['end 11, 8 plain, 1 of 5 broken(space), between words(space), longest 1; case repeat'],
  ],
  ['Glass Serum', 'glass, serum', ['end 10, 8 plain, between words(space clause), longest 2; case']],
  [
    'Glass Serum',
    'gla s serum',
    ['end 9, 8 plain, 1 lost, 1 of 3 broken(space), between words(space), longest 1; case typo'],
  ],
  ['Glass Serum', 'g***s serum', ['end 7, 5 plain, 3 masked, 3 stars, all *; case masked']],
];

describe('a name is compared with a text', () => {
  it.each(cases)('%s with %j', (name, text, readings) => {
    const found = scanForName(name, text).map(({ alignment }) => describeAlignment(alignment));
    expect([...new Set(found)]).toEqual(readings);
  });

  it('over a long run of its last letter', () => {
    const [stretched] = scanForName('Velmora', `velmor${'a'.repeat(90)}`);
    expect(stretched?.alignment?.end).toBe(96);
    const [endless] = scanForName('Velmora', `velmor${'a'.repeat(300)}`);
    expect(endless?.alignment?.end).toBeLessThan(300);
  });
});
