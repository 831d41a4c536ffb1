/** A word of the text that is nearly a whole name, as the search for typos and inflected forms finds it. */
import { describe, expect, it } from 'vitest';
import * as e from '../../evidence/evidence.ts';
import { foldText } from '../../fold/fold-text.ts';
import { nameOf } from '../../names/name.ts';
import { policyOf } from '../../policy/term-policy.ts';
import { judgeWholeWord } from '../../verify/judge-whole-word.ts';
import { loadKnownWords } from '../../words/known-words.ts';
import { WordView } from '../../words/word-view.ts';

const known = loadKnownWords();

function judge(name: string, word: string, edits: number, evidence: e.EvidenceSet): string | undefined {
  const term = { id: 't', text: name };
  const watched = nameOf(0, name, 'en', (length, isOrdinary) => policyOf(term, length, isOrdinary), known);
  const text = foldText(`the ${word} is`);
  const view = new WordView(known);
  view.read(text);
  const found = judgeWholeWord(text, view, watched, 1, edits, evidence);
  if (found === undefined) return undefined;
  expect([found.from, found.to, found.distance]).toEqual([4, 4 + word.length, edits]);
  return `${e.describeEvidence(found.evidence).join(' ')} | ${found.confidence}`;
}

describe('a word near a name', () => {
  it.each([
    ['Zorvexium', 'Zorvexiom', 1, e.TYPO, 'typo | 0.791'],
    ['Zorvexium', 'zorvexiom', 1, e.TYPO, 'case typo | 0.791'],
    ['zorvexium', 'Zorvexiom', 1, e.TYPO, 'case typo | 0.791'],
    ['zorvexium', 'zorvexiom', 1, e.TYPO, 'typo | 0.791'],
    ['Zorvexium', 'Zrvxm', 0, e.SHORTENED, 'shortened | 0.8'],
    ['Zorv Exium', 'Zorvexiom', 1, e.TYPO, 'joined typo | 0.775'],
    ['Zorv Exium', 'zorvexiom', 2, e.TYPO, 'case joined typo | 0.72'],
    ['Zorvexium', 'zorvexiums', 0, e.INFLECTED, 'case inflected | 0.92'],
    // The plural of an ordinary word that is written as the name is.
    ['Ember', 'Embers', 0, e.INFLECTED, 'inflected | 0.92'],
    ['Tidepool', 'Tidepools', 0, e.INFLECTED, 'inflected | 0.92'],
    ['tidepool', 'tidepools', 0, e.INFLECTED, 'inflected | 0.92'],
    ['tidepool', 'Tidepools', 0, e.INFLECTED, 'case inflected | 0.92'],
    // No plural: another form of an ordinary word is left to the policy.
    ['Ember', 'embar', 1, e.TYPO, 'case typo | 0.791'],
  ])('%s: %s is taken', (name, word, edits, evidence, answer) => {
    expect(judge(name, word, edits, evidence)).toBe(answer);
  });

  it.each([
    // Written plainly: the scan judges it.
    ['Zorvexium', 'Zorvexium', 0, 0],
    ['Ember', 'embers', 0, e.INFLECTED],
    ['ember', 'embers', 0, e.INFLECTED],
    ['ember', 'Embers', 0, e.INFLECTED],
    ['Tidepool', 'tidepools', 0, e.INFLECTED],
  ])('%s: %s is not taken', (name, word, edits, evidence) => {
    expect(judge(name, word, edits, evidence)).toBeUndefined();
  });
});
