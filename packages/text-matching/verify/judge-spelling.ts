/**
 * Judges a spelling that the scan has found: whether it is a word or part of one, what stands between its letters, and how each letter is
 * dressed. The scan has skipped all that stands between letters; here it is looked at.
 */
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type NameForm } from '../names/name-form.ts';
import { alignSpelling, type Alignment } from './align-spelling.ts';
import { endOfName, startsName, NO_END } from './boundaries.ts';
import { type Candidate } from './candidate.ts';
import { confidenceOf } from './confidence.ts';
import * as e from './evidence.ts';

/** Share of the places between letters that must be broken before it counts as spaced out, letter by letter. */
const SPACED_SHARE = 0.6;
/** Longest run of separators between two words of a name, in UTF-16 units. */
const LONGEST_SEPARATOR = 12;

/** The candidate that a spelling makes, or undefined where it isn't the name. */
export function judgeSpelling(
  text: FoldedText,
  form: NameForm,
  path: Int32Array,
  end: number,
): Candidate | undefined {
  const start = path[0]! < 0 ? -1 - path[0]! : path[0]!;
  if (!startsName(text, start)) return undefined;
  const found = alignSpelling(text, form, path, end);
  if (found === undefined) return undefined;
  if (!isLegible(found)) return undefined;
  const between = judgeSeparators(found);
  if (between === undefined) return undefined;
  const last = found.end - 1;
  const suffix = endOfName(text, found.end);
  if (suffix === NO_END) return undefined;
  const evidence = form.evidence | found.evidence | between | (suffix > found.end ? e.INFLECTED : 0);
  const to = suffix > found.end ? text.to[suffix - 1]! : text.to[last]!;
  return {
    item: form.item,
    from: text.from[start]!,
    to,
    evidence,
    confidence: confidenceOf(evidence, found.edits),
    distance: found.edits,
  };
}

/** Enough of the letters must be themselves. */
function isLegible(found: Alignment): boolean {
  const letters = found.plain + found.replaced + found.masked;
  if (found.masked > 0 && (found.plain < 4 || found.masked > letters / 3)) return false;
  return found.plain >= 0.4 * letters || (found.replaced === 0 && found.masked === 0);
}

/** What the separators are evidence of, or undefined where they part what is no name. */
function judgeSeparators(found: Alignment): e.EvidenceSet | undefined {
  if (found.longestSeparator > LONGEST_SEPARATOR) return undefined;
  const spaced = found.innerBreaks >= 2 && found.innerBreaks >= SPACED_SHARE * found.innerPlaces;
  if (spaced) return e.SPACED;
  let evidence = 0;
  if (found.innerBreaks > 0) {
    if (found.innerKinds === 0) return (found.partKinds & s.AFTER_CLAUSE) !== 0 ? undefined : e.SEPARATED;
    // A space inside a word makes two words of it, and two ordinary words are no name.
    if ((found.innerKinds & (s.AFTER_SPACE | s.AFTER_LINE)) !== 0) return undefined;
    evidence |= e.SPLIT;
  }
  const clauseEnds = (found.outerKinds & s.AFTER_CLAUSE) !== 0 && (found.outerKinds & s.AFTER_SPACE) !== 0;
  if (clauseEnds) return undefined;
  if (found.missingBreaks > 0) evidence |= e.JOINED;
  if (found.changedBreaks > 0) evidence |= e.SEPARATED;
  return evidence;
}
