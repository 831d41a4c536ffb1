/** One word of a text beside one word of a name. */
import { describe, expect, it } from 'vitest';
import { describeEvidence } from '../../evidence/evidence.ts';
import { foldText } from '../../fold/fold-text.ts';
import { phraseOf } from '../../names/phrase.ts';
import { DIFFERENT, collapseInto, compareWord, doubt, wordEvidence } from '../../verify/compare-word.ts';
import { isMaskedForm, touchesStars } from '../../verify/masked-word.ts';
import { loadKnownWords } from '../../words/known-words.ts';
import { WordView } from '../../words/word-view.ts';

const known = loadKnownWords();

/** word of the name · text · edits · evidence · doubt */
const cases: readonly (readonly [string, string, number, string, number])[] = [
  ['quillon', 'quillon', 0, 'exact', 0],
  ['quillon', 'quilloooon', 0, 'exact', 0],
  ['quillon', 'quillons', 0, 'inflected', 0],
  ['quillon', 'nolliuq', 0, 'reversed', 0],
  ['quillon', 'qln', 0, 'shortened', 0],
  ['quillon', 'quilln', 1, 'typo', 0],
  ['quillon', 'uqillon', 1, 'typo', 0],
  ['quillon', 'quillo*', 0, 'masked', 0],
  ['quillon', '*uillon', 0, 'masked', 0],
  ['quillon', 'velora', DIFFERENT, 'exact', 0],
  ['moss', 'mods', 1, 'typo', 1],
  ['moss', 'boss', 1, 'typo', 2],
  ['4410b', '4411b', DIFFERENT, 'exact', 0],
  ['4410b', '4410b', 0, 'exact', 0],
  ['ol', 'om', DIFFERENT, 'exact', 0],
  // Without vowels, but with the first letter and every consonant in order.
  ['quillon', 'qqllnn', 0, 'shortened', 0],
  ['ember', 'embr', 0, 'shortened', 0],
  ['ember', 'mbr', DIFFERENT, 'exact', 0],
  ['quillon', 'qnl', DIFFERENT, 'exact', 0],
  ['quillon', 'qlnl', DIFFERENT, 'exact', 0],
  ['quillon', 'qn', DIFFERENT, 'exact', 0],
  ['quillon', 'ql', DIFFERENT, 'exact', 0],
  ['oia', 'o', DIFFERENT, 'exact', 0],
  // An ordinary word beside a name leaves doubt.
  ['hero', 'hr', 0, 'shortened', 1],
  ['koel', 'kl', 0, 'shortened', 1],
  // A rare word of a list does not.
  ['yarrov', 'yarrow', 1, 'typo', 0],
  // The same letters in an order that is no slip.
  ['silent', 'listen', DIFFERENT, 'exact', 0],
  ['velora', 'lorave', DIFFERENT, 'exact', 0],
  ['velora', 'evlora', 1, 'typo', 0],
];

describe('compareWord', () => {
  it.each(cases)('%s beside %s', (name, text, edits, how, doubtful) => {
    const [word] = phraseOf(0, name, 'en', known).words;
    const folded = foldText(text);
    const view = new WordView(known);
    view.read(folded);
    expect(word === undefined ? undefined : compareWord(folded, view, 0, word)).toBe(edits);
    expect(describeEvidence(wordEvidence).join(' ')).toBe(how);
    expect(doubt).toBe(doubtful);
  });
});

describe('collapseInto', () => {
  it('copies a part without repeats, as far as there is room', () => {
    const into = new Int32Array(3);
    expect(collapseInto(Int32Array.of(9, 1, 1, 2, 2, 1, 9), 1, 6, into)).toBe(3);
    expect(Array.from(into)).toEqual([1, 2, 1]);
    expect(collapseInto(Int32Array.of(1, 2, 3, 4, 5), 0, 5, into)).toBe(3);
  });
});

describe('masks at the ends of a word', () => {
  it.each([
    ['*mber', true],
    ['embe*', true],
    ['emb**', true],
    ['*mbe*', true],
    ['**ber', true],
    ['em***', false],
    ['ember', false],
    ['embe *', false],
    ['*ember', false],
    ['embx*', false],
    ['emb*', false],
    ['the *mber', true],
    ['embe* now', true],
    ['the *mbe*', true],
    ['the **ber', true],
    ['the ***er', false],
    ['the *mbe**', false],
    ['the **be*', false],
    ['the emb** *', true],
    ['the * ember', false],
    ['the ember', false],
    ['the *embers', false],
    ['emmbb**', true],
  ])('%s: %s', (text, expected) => {
    const folded = foldText(text);
    const view = new WordView(known);
    view.read(folded);
    const at = text.startsWith('the ') ? 1 : 0;
    const word = Int32Array.from('ember', (letter) => letter.charCodeAt(0));
    expect(isMaskedForm(folded, view.from[at]!, view.to[at]!, word)).toBe(expected);
  });

  it('touch the word on either side', () => {
    const touches = (text: string) => {
      const folded = foldText(text);
      return touchesStars(folded, 0, folded.length);
    };
    expect([touches('*mber'), touches('embe*'), touches('ember')]).toEqual([true, true, false]);
  });
});
