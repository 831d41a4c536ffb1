import { EVIDENCE, evidenceBit, type Evidence, type EvidenceSet } from './evidence.ts';

/** The factor by which each kind of difference lowers the confidence. */
const LEFT: Readonly<Record<Evidence, number>> = {
  query: 1,
  regex: 1,
  case: 1,
  compat: 0.99,
  diacritic: 0.99,
  'zero-width': 0.99,
  entity: 1,
  confusable: 0.98,
  leet: 0.95,
  repeat: 0.97,
  joined: 0.98,
  separated: 0.99,
  spaced: 0.98,
  split: 0.93,
  glued: 0.85,
  masked: 0.9,
  shortened: 0.8,
  number: 0.9,
  reversed: 0.9,
  inflected: 0.92,
  typo: 0.85,
  reordered: 0.75,
  gap: 0.75,
  'over-pictures': 0.7,
  'over-posts': 0.6,
  encoded: 0.5,
  transliterated: 0.85,
};
/** The factor for each edit. */
const EDIT_LEFT = 0.93;

export function confidenceOf(evidence: EvidenceSet, edits: number): number {
  let confidence = EDIT_LEFT ** edits;
  for (const name of EVIDENCE) if ((evidence & evidenceBit(name)) !== 0) confidence *= LEFT[name];
  return Math.round(confidence * 1000) / 1000;
}
