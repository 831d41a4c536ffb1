import { detectionId } from '@leakwatch/contracts';
import { type Removal } from './queries/add-occurrence.ts';
import { type ScannedRevision } from './queries/load-scanned-revisions.ts';

/** A finding in some revision of a post. */
export interface Finding {
  readonly revision: number;
  readonly campaignId: string;
  readonly kind: 'term' | 'asset';
  readonly itemId: string;
  /** The finding is a missing disclosure: not what the post said, but what it did not say. */
  readonly lacksDisclosure: boolean;
}

/**
 * Whether a finding is gone from its post, by the newest revision that its lane has scanned; null: it stands.
 * - A deletion removes every finding.
 * - An edit removes a finding of an earlier revision that it no longer has, and a missing disclosure once the post
 *   discloses.
 */
export function removalOf(finding: Finding, newest: ScannedRevision | null): Removal | null {
  if (newest === null) return null;
  if (newest.op === 'delete') return { at: newest.scannedAt, by: 'delete' };
  if (finding.revision >= newest.revision) return null;
  // The id of a detection names its post, campaign and item: the same finding in the newer revision has this id.
  const again = detectionId(newest.postId, finding.campaignId, finding.kind, finding.itemId);
  const isMended = finding.lacksDisclosure && newest.disclosedCampaigns.includes(finding.campaignId);
  return newest.detectionIds.includes(again) && !isMended ? null : { at: newest.scannedAt, by: 'edit' };
}
