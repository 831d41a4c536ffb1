import { detectionId } from '@leakwatch/contracts';
import { type Removal } from './queries/add-occurrence.ts';
import { type ScannedRevision } from './queries/load-scanned-revision.ts';

/** A finding in some revision of a post. */
export interface Finding {
  readonly revision: number;
  readonly campaignId: string;
  readonly kind: 'term' | 'asset';
  readonly itemId: string;
  /** Not that it was said, but that the post did not say that it is advertising. */
  readonly lacksDisclosure: boolean;
}

/**
 * Whether a finding is gone from its post, judged by the newest revision that its lane has scanned: by a deletion always, by
 * an edit if the finding is of an earlier revision and the same item was not found again, or the disclosure that it lacked was.
 * Null: it stands.
 */
export function removalOf(finding: Finding, newest: ScannedRevision | null): Removal | null {
  if (newest === null) return null;
  if (newest.op === 'delete') return { at: newest.scannedAt, by: 'delete' };
  if (finding.revision >= newest.revision) return null;
  // A detection's id says what was found where: the newer revision's finding of this item would have this one.
  const again = detectionId(newest.postId, finding.campaignId, finding.kind, finding.itemId);
  const isMended = finding.lacksDisclosure && newest.disclosedCampaigns.includes(finding.campaignId);
  return newest.detectionIds.includes(again) && !isMended ? null : { at: newest.scannedAt, by: 'edit' };
}
