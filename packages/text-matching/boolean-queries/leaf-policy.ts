import { type TermPolicy } from '../policy/term-policy.ts';
import * as e from '../evidence/evidence.ts';
import { type PatternLeaf, type WordsLeaf } from './query.ts';

/** A query means its words as they are written, in any dress: no typos, no other forms. */
const DRESSED =
  e.CASE |
  e.COMPAT |
  e.DIACRITIC |
  e.ZERO_WIDTH |
  e.ENTITY |
  e.CONFUSABLE |
  e.LEET |
  e.REPEAT |
  e.JOINED |
  e.SEPARATED |
  e.SPACED |
  e.SPLIT |
  e.MASKED;

/** Korean writes its particles to the noun, which stays the same word. */
const PARTICLES: ReadonlySet<string> = new Set(['ko']);

/** Returns the matching policy of a query's leaf. */
export function leafPolicy(leaf: WordsLeaf | PatternLeaf, language: string): TermPolicy {
  const dressed = PARTICLES.has(language) ? DRESSED | e.INFLECTED : DRESSED;
  return {
    accepted: leaf.type === 'words' && leaf.mode === 'exact' ? 0 : dressed,
    maxEdits: 0,
    boundary: leaf.type === 'pattern' ? 'prefix' : 'word',
    near: 0,
    nearIsExplicit: false,
    require: [],
    exclude: [],
    allowedPhrases: [],
    minConfidence: 0,
    price: undefined,
    date: undefined,
    code: undefined,
  };
}
