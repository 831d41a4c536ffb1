import { LONGEST_TEXT } from './fold/folded-text.ts';
import { type TextMatch } from './text-match.ts';

/** Pieces of a text overlap by more than any name spans. */
const OVERLAP = 1 << 12;

/**
 * What a text holds that is longer than what is folded at once: it is read in pieces, each cut between words where there are any. Of each
 * term the surest match of all pieces counts. A query sees a piece at a time.
 */
export function matchInPieces(text: string, match: (piece: string) => TextMatch[]): TextMatch[] {
  const best = new Map<string, TextMatch>();
  for (let from = 0; ;) {
    const to = endOfPiece(text, from);
    for (const found of match(text.slice(from, to))) {
      const key = JSON.stringify([found.campaignId, found.itemId]);
      const known = best.get(key);
      if (known !== undefined && known.confidence >= found.confidence) continue;
      best.set(key, { ...found, span: [from + found.span[0], from + found.span[1]] });
    }
    if (to === text.length) break;
    from = startOfPiece(text, to);
  }
  return [...best.values()].sort((a, b) => a.span[0] - b.span[0]);
}

function endOfPiece(text: string, from: number): number {
  const most = from + LONGEST_TEXT;
  if (most >= text.length) return text.length;
  const space = text.lastIndexOf(' ', most);
  return space > most - OVERLAP ? space : most;
}

/** A word or more before the end of the piece before. */
function startOfPiece(text: string, end: number): number {
  const least = end - OVERLAP;
  const space = text.indexOf(' ', least);
  return space >= 0 && space < end - OVERLAP / 2 ? space : least;
}
