export { compileTextMatcher, TEXT_ENGINE, textMatcherSteps } from './compile-matcher.ts';
export {
  explainQuery,
  type AskedPart,
  type ExplainedQuery,
  type MetAt,
  type TriedPart,
} from './explain-query.ts';
export { QueryError } from './boolean-queries/query-error.ts';
export { captionOf, type PostText } from './fields/post-text.ts';
export { readLetters, type ReadLetter } from './fold/read-letters.ts';
export { testTerms, type TermTest } from './test-terms.ts';
export { TermError, type TermWarning } from './terms/term-error.ts';
export { type TextItem } from './terms/text-item.ts';
export {
  type PartBefore,
  type PostReading,
  type TermsPart,
  type TextMatch,
  type TextMatcher,
} from './text-match.ts';
export { createWordLearner, type LearningLimits, type WordLearner } from './vocabulary/learn-words.ts';
export { EVIDENCE, type Evidence } from './evidence/evidence.ts';
export { atOnce, type Steps } from './steps.ts';
