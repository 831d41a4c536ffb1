import { type EvidenceSet } from './evidence.ts';

/** A place where a text may hold a name, judged. */
export interface Candidate {
  readonly item: number;
  readonly from: number;
  readonly to: number;
  readonly evidence: EvidenceSet;
  readonly confidence: number;
  readonly distance: number;
}
