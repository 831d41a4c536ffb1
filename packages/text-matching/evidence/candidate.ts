import { type EvidenceSet } from './evidence.ts';

/** A judged place in a text that may hold a name. */
export interface Candidate {
  readonly item: number;
  readonly from: number;
  readonly to: number;
  readonly evidence: EvidenceSet;
  readonly confidence: number;
  readonly distance: number;
}
