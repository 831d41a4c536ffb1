import { type TermPolicy } from '../policy/term-policy.ts';
import * as e from '../evidence/evidence.ts';
import { type LeafKind } from './query.ts';

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

/** What a leaf of a query accepts. */
export function leafPolicy(kind: LeafKind): TermPolicy {
  return {
    accepted: kind === 'exact' ? 0 : DRESSED,
    maxEdits: 0,
    boundary: kind === 'prefix' ? 'prefix' : 'word',
    near: 0,
    nearIsExplicit: false,
    require: [],
    exclude: [],
    allowedPhrases: [],
    minConfidence: 0,
    currency: undefined,
  };
}
