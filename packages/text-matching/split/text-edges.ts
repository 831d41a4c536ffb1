/** The first and the last words of a text, which a name that is cut in two leaves there. */
import { type FoldedText } from '../fold/folded-text.ts';
import { type WordView } from '../words/word-view.ts';

const MOST_WORDS = 8;
/** The most numbers to skip at an edge: people count the parts of a thread, `1/2`. */
const MOST_COUNTERS = 2;

interface EdgeWord {
  readonly hash: number;
  /** Start and end in UTF-16 units of the text. */
  readonly from: number;
  readonly to: number;
}

/** Words from an edge inwards. */
export type Edge = readonly EdgeWord[];

/**
 * The readings of an edge: as it is and, if a counter stands there, without it.
 *
 * @param step - 1 from the first word on, -1 from the last one back
 */
export function readingsOf(text: FoldedText, view: WordView, step: 1 | -1): Edge[] {
  const first = step > 0 ? 0 : view.count - 1;
  const counters = countersAt(view, first, step);
  const readings = [edgeFrom(text, view, first, step)];
  if (counters > 0) readings.push(edgeFrom(text, view, first + step * counters, step));
  return readings.filter((edge) => edge.length > 0);
}

/** Counts the numbers at an edge. */
export function countersAt(view: WordView, first: number, step: 1 | -1): number {
  let counters = 0;
  for (let word = first; counters < MOST_COUNTERS && word >= 0 && word < view.count; word += step) {
    if (!view.isNumber(word)) break;
    counters++;
  }
  return counters;
}

function edgeFrom(text: FoldedText, view: WordView, first: number, step: 1 | -1): Edge {
  const edge: EdgeWord[] = [];
  for (let word = first; edge.length < MOST_WORDS && word >= 0 && word < view.count; word += step) {
    const [from, to] = [text.from[view.from[word]!]!, text.to[view.to[word]! - 1]!];
    edge.push({ hash: view.hash[word]!, from, to });
  }
  return edge;
}
