import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../fold/fold-text.ts';
import { nameForm } from '../names/name-form.ts';
import { type PrefixFilter } from '../scan/prefix-sets.ts';
import { buildNameTrie, type NameTrie } from '../scan/name-trie.ts';
import { scanNames } from '../scan/scan-names.ts';

const NAMES = [
  'Lumora Glow Serum',
  'Lumo',
  'Velora',
  'K9',
  'Aurora Mist 12',
  'Loom',
  '星屑',
  'Полёт',
  'Ember One',
  'Quillon Ember',
  'Mara Veil Mk',
];
const SIGNS = [...'! @ # $ * - . , / & 1 0 3 5 ♥ 😍 \u200b \u0301'.split(' '), '* ', ' *', '** '];

/** A name with some letters stretched, hidden by a sign, or followed by one; at most three in a row. */
const disguisedName = fc.constantFrom(...NAMES).chain((name) =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom('keep', 'keep', 'keep', 'hide', 'part', 'stretch', 'upper'),
        fc.constantFrom(...SIGNS),
      ),
      {
        minLength: name.length,
        maxLength: name.length,
      },
    )
    .map((changes) =>
      changes
        .map(([change, sign], at) => {
          const letter = name.charAt(at);
          if (change === 'hide') return sign;
          if (change === 'part') return letter + sign;
          if (change === 'stretch') return letter.repeat(3);
          return change === 'upper' ? letter.toUpperCase() : letter;
        })
        .join(''),
    ),
);

/** A filter with every bit set, so that each start passes. */
function passEverything(): PrefixFilter {
  const full = Uint32Array.of(0xffff_ffff);
  const sets = { six: full, nine: full, twelve: full, whole: full };
  const shortest = { shortest: full, shortestOpen: full, shortestLengths: 0b111110 };
  const refused = new Int32Array(1 << 14);
  const briefestPairs = new Int32Array(32).fill(-1);
  return {
    refused,
    briefestPairs,
    few: full,
    four: full,
    five: full,
    endingSix: full,
    ...shortest,
    exact: sets,
    open: sets,
  };
}

function spellings(text: string, trie: NameTrie): string[] {
  const folded = foldText(text);
  const told: string[] = [];
  scanNames(folded, trie, {
    spelled: (key, path, depth, end) => told.push([key, end, ...path.subarray(0, depth)].join(' ')),
  });
  return told.sort();
}

describe('the filter of starts', () => {
  it('refuses no start from which the walk would find a name', () => {
    const trie = buildNameTrie(NAMES.map((name, index) => nameForm(index, name)!.key));
    const unfiltered = { ...trie, prefixes: passEverything() };
    fc.assert(
      fc.property(
        disguisedName,
        fc.constantFrom('', 'so ', 'see #', 'x'),
        fc.constantFrom('', ' ok', '!', '*', '* ok'),
        (name, before, after) => {
          const text = before + name + after;
          expect(spellings(text, trie)).toEqual(spellings(text, unfiltered));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('lets a name in disguise pass', () => {
    const trie = buildNameTrie(NAMES.map((name, index) => nameForm(index, name)!.key));
    for (const text of [
      'L*mora Glow Serum',
      'lum0ra gl0w $erum',
      'L-u-m-o-r-a glow serum',
      'v€lora v3lora',
    ]) {
      expect(spellings(text, trie), text).not.toEqual([]);
    }
  });
});
