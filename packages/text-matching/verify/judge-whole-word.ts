import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type Name } from '../names/name.ts';
import { type WordView } from '../words/word-view.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { confidenceOf } from '../evidence/confidence.ts';
import * as e from '../evidence/evidence.ts';
import { isInflectedWord, isRunTogether } from './ordinary-form.ts';

/** Judges a word of the text that is nearly a whole name: a name of one word, or the joined words of a longer name. */
export function judgeWholeWord(
  text: FoldedText,
  view: WordView,
  name: Name,
  word: number,
  edits: number,
  evidence: e.EvidenceSet,
): Candidate | undefined {
  const { phrase } = name;
  const isJoined = phrase.words.length > 1;
  // The scan judges a word that is written plainly.
  if (evidence === 0) return undefined;
  const from = view.from[word]!;
  const isUpper = (text.flags[from]! & s.UPPER) !== 0;
  if (evidence === e.TYPO && !isJoined && isNoTypo(text, view, name, word)) return undefined;
  if (isOrdinaryPlural(name, view.hash[word]!, isUpper)) return undefined;
  const all = evidence | (isJoined ? e.JOINED : 0) | (isUpper === phrase.words[0]!.isCapital ? 0 : e.CASE);
  return {
    item: phrase.item,
    from: text.from[from]!,
    to: text.to[view.to[word]! - 1]!,
    evidence: all,
    confidence: confidenceOf(all, edits),
    distance: edits,
  };
}

/** True for a word that is in no list but made of listed ones. A slip in a coined compound makes such words, too. */
function isNoTypo(text: FoldedText, view: WordView, name: Name, word: number): boolean {
  if (isInflectedWord(text, view, word)) return true;
  return (name.isOrdinary || !name.isCompound) && isRunTogether(text, view, word);
}

/** True for the plural of an ordinary word that is not written as a name. */
function isOrdinaryPlural(name: Name, hash: number, isUpper: boolean): boolean {
  const [first] = name.phrase.words;
  if (first?.inflected.includes(hash) !== true) return false;
  if (name.isOrdinary) return !(first.isCapital && isUpper);
  return name.isCompound && first.isCapital && !isUpper;
}
