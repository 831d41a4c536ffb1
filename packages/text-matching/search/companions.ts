/**
 * Of each word that leads to a name, what another word of that name looks like and how far from it that may stand. Most words that lead
 * somewhere stand alone: these flat lists tell it, and the name isn't touched.
 */
import { type FoldedText } from '../fold/folded-text.ts';
import { type Name } from '../names/name.ts';
import { reachOf } from '../verify/judge-phrase.ts';
import { touchesStars } from '../verify/masked-word.ts';
import { mayBeForm } from '../words/form-letters.ts';
import { type WordView } from '../words/word-view.ts';

/** Of each lead, one after the other: its companion's {@link FormLetters}, and how many words ahead and behind it that stands at most. */
export type Companions = Int32Array;

const OWN = 0;
const LEAST = 1;
const MOST = 2;
/** `limit << 16 | ahead << 8 | behind`; 0 where the name has no other word. */
const REACH = 3;
const SIZE = 4;

export function buildCompanions(
  leads: readonly { readonly name: Name; readonly place: number }[],
): Companions {
  const companions = new Int32Array(SIZE * leads.length);
  leads.forEach(({ name, place }, lead) => {
    const other = place < 0 ? undefined : longestBut(name, place);
    if (other === undefined) return;
    const { own, least, most, limit } = name.phrase.words[other]!.letters;
    const [ahead, behind] = [place - other, other - place].map((places) =>
      Math.min(255, reachOf(name, places)),
    );
    companions.set([own, least, most, (limit << 16) | (ahead! << 8) | behind!], SIZE * lead);
  });
  return companions;
}

/** The place of the longest other word: it has the most letters to be told by. */
function longestBut(name: Name, place: number): number | undefined {
  let longest: number | undefined;
  name.phrase.words.forEach(({ symbols }, other) => {
    if (other === place) return;
    if (longest === undefined || symbols.length > name.phrase.words[longest]!.symbols.length) longest = other;
  });
  return longest;
}

/** Whether a word that may be the companion of a lead stands near enough to a word that led there. */
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
