import { type Span } from '@leakwatch/console/schemas';

/** Fewer characters before the first mark fit into a row. */
const FITS = 48;
/** Fewest characters left before it in a text that is cut; the cut falls between words. */
const KEPT = 16;

/** Cuts what stands long before the first mark of a text, so that a row of two lines shows the mark. */
export function nearFirstMark(text: string, spans: readonly Span[]): { text: string; spans: Span[] } {
  const first = Math.min(...spans.map(([start]) => start));
  if (spans.length === 0 || first <= FITS) return { text, spans: [...spans] };
  const space = text.lastIndexOf(' ', first - KEPT);
  // A text without spaces is cut anywhere but within a character.
  const from = space > 0 ? space + 1 : first - (isWithinCharacter(text, first - KEPT) ? KEPT + 1 : KEPT);
  return {
    text: `…${text.slice(from)}`,
    spans: spans.map(([start, end]) => [start - from + 1, end - from + 1]),
  };
}

function isWithinCharacter(text: string, at: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1));
}
