import { detectionId } from '@leakwatch/contracts';
import { type Removal, type ScannedRevision } from '@leakwatch/store';

/** A finding in some revision of a post. */
export interface Finding {
  readonly revision: number;
  readonly campaignId: string;
  readonly kind: 'term' | 'asset';
  readonly itemId: string;
}

/**
 * Whether a finding is gone from its post, judged by the newest revision that its lane has scanned: by a deletion always, by
 * an edit if the finding is of an earlier revision and the same item was not found again. Null: it stands.
 */
export function removalOf(finding: Finding, newest: ScannedRevision | null): Removal | null {
  if (newest === null) return null;
  if (newest.op === 'delete') return { at: newest.scannedAt, by: 'delete' };
  if (finding.revision >= newest.revision) return null;
  // A detection's id says what was found where: the newer revision's finding of this item would have this one.
  const again = detectionId(newest.postId, finding.campaignId, finding.kind, finding.itemId);
  return newest.detectionIds.includes(again) ? null : { at: newest.scannedAt, by: 'edit' };
}
