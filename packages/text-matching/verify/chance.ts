/** How likely ordinary words meet by chance, by their frequencies alone (docs/decisions/0105-doubtful-words-by-chance.md). */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { shareOfZipf } from '../words/word-share.ts';
import { type WordView } from '../words/word-view.ts';

/** Pieces of one word that meet more often than this (as a power of ten) may be two words. */
const UNLIKELY_PIECES = -9;
/** The same for English words by their use in English alone: `moon` shares its hash with a frequent French `mon`. */
const UNLIKELY_IN_ENGLISH = -10.5;
/** The worth of a sign between two pieces, and of capitals on both, as powers of ten. */
const UNDERSCORED = 3;
const HYPHENED = 1;
const BOTH_CAPITAL = 1;
const SHORTEST_PIECE = 3;

/** The power of ten of a word's share in all words. */
export function shareOf(view: WordView, word: number): number {
  return shareOfZipf(view.zipf(word));
}

/**
 * True if two words that spell a name of one word do not stand side by side by chance: `dusk hollow` for Duskhollow, but not `night fall`
 * for Nightfall.
 */
export function isUnlikelyPair(text: FoldedText, view: WordView, start: number, end: number): boolean {
  const first = view.wordAt(start);
  const second = first + 1;
  if (view.from[first] !== start || second >= view.count || view.to[second] !== end) return false;
  const seam = view.from[second]!;
  if (seam - start < SHORTEST_PIECE || end - seam < SHORTEST_PIECE) return false;
  const own = text.flags[seam]!;
  const isCapital = (text.flags[start]! & own & s.UPPER) !== 0 && !isShouted(text, start, seam);
  const bonus = signBonus(text, seam) + (isCapital ? BOTH_CAPITAL : 0);
  if (shareOf(view, first) + shareOf(view, second) - bonus <= UNLIKELY_PIECES) return true;
  const english = [view.englishZipf(first), view.englishZipf(second)];
  return (
    english.every((zipf) => zipf > 0) &&
    english.reduce((sum, zipf) => sum + shareOfZipf(zipf), 0) - bonus <= UNLIKELY_IN_ENGLISH
  );
}

function signBonus(text: FoldedText, seam: number): number {
  const sign = text.text.slice(text.to[seam - 1], text.from[seam]);
  if (sign === '_') return UNDERSCORED;
  return sign === '-' ? HYPHENED : 0;
}

/** In a word of capitals, the first one says nothing. */
function isShouted(text: FoldedText, from: number, to: number): boolean {
  return text.flags.subarray(from, to).every((own) => (own & s.UPPER) !== 0);
}
