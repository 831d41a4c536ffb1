/**
 * Rules out words that lead to a name but stand alone, without touching the name. A flat list holds, for each lead, the letters of
 * another word of the name (its companion) and how far away it may stand.
 */
import { type FoldedText } from '../fold/folded-text.ts';
import { type NumberList } from '../hashing/number-list.ts';
import { type Name } from '../names/name.ts';
import { reachOf } from '../verify/judge-phrase.ts';
import { touchesStars } from '../verify/masked-word.ts';
import { mayBeForm } from '../words/form-letters.ts';
import { type WordView } from '../words/word-view.ts';

/** For each lead in turn: the companion's {@link FormLetters}, and the farthest it may stand ahead and behind, in words. */
export type Companions = Int32Array;

const OWN = 0;
const LEAST = 1;
const MOST = 2;
/** `limit << 16 | ahead << 8 | behind`; 0 if the name has no other word. */
const REACH = 3;
const SIZE = 4;

/** Adds the companion of a lead to the list. `place` is below 0 for the whole name. */
export function addCompanion(companions: NumberList, name: Name, place: number): void {
  const other = place < 0 ? undefined : longestBut(name, place);
  if (other === undefined) {
    for (let fact = 0; fact < SIZE; fact++) companions.push(0);
    return;
  }
  const { own, least, most, limit } = name.phrase.words[other]!.letters;
  const [ahead, behind] = [place - other, other - place].map((places) =>
    Math.min(255, reachOf(name, places)),
  );
  companions.push(own);
  companions.push(least);
  companions.push(most);
  companions.push((limit << 16) | (ahead! << 8) | behind!);
}

/** The place of the longest other word, whose letters rule out the most. */
function longestBut(name: Name, place: number): number | undefined {
  let longest: number | undefined;
  name.phrase.words.forEach(({ symbols }, other) => {
    if (other === place) return;
    if (longest === undefined || symbols.length > name.phrase.words[longest]!.symbols.length) longest = other;
  });
  return longest;
}

/** True if a possible companion of a lead stands close enough to the word that led there. */
export function mayHaveCompanion(
  companions: Companions,
  lead: number,
  text: FoldedText,
  view: WordView,
  word: number,
): boolean {
  const at = SIZE * lead;
  const reach = companions[at + REACH]!;
  if (reach === 0) return true;
  const own = companions[at + OWN]!;
  const least = companions[at + LEAST]!;
  const most = companions[at + MOST]!;
  const limit = reach >>> 16;
  const end = Math.min(view.count, word + (reach & 255) + 1);
  for (let other = Math.max(0, word - ((reach >>> 8) & 255)); other < end; other++) {
    if (other === word) continue;
    if (mayBeForm(view.letters(other), own, least, most, limit)) return true;
    if (touchesStars(text, view.from[other]!, view.to[other]!)) return true;
  }
  return false;
}
