/** Queries over what alerts rest on, in the order of its life. */
export {
  keepEvidenceBlobs,
  keepEvidenceBytes,
  keepEvidenceMedia,
  type BytesToKeep,
  type MediaToKeep,
} from './queries/evidence-keep-bytes.ts';
export { addEvidence, findKeptPost, type NewEvidence } from './queries/evidence-add.ts';
export { listEvidence, loadKeptBytes, type StoredEvidence } from './queries/evidence-list.ts';
export {
  loadEvidenceHold,
  placeEvidenceHold,
  releaseEvidenceHold,
  type EvidenceHold,
} from './queries/evidence-hold.ts';
export { forgetEvidence, forgetKeptBytes } from './queries/evidence-forget.ts';
