import { type FoldedText } from '../fold/folded-text.ts';
import { type Candidate } from '../evidence/candidate.ts';
import { type WordView } from '../words/word-view.ts';
import { isWithinAny } from './context.ts';
import { type TermPolicy } from './term-policy.ts';

/** True if a term's policy accepts a candidate, whatever else the post holds. */
export function admits(policy: TermPolicy, candidate: Candidate, text: FoldedText, view: WordView): boolean {
  if ((candidate.evidence & ~policy.accepted) !== 0) return false;
  if (candidate.distance > policy.maxEdits || candidate.confidence < policy.minConfidence) return false;
  return !isWithinAny(text, view, policy.allowedPhrases, candidate.from, candidate.to);
}
