import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';
import { describeDetection, detectionRecord, type CompiledWatchList } from '@leakwatch/matching';
import {
  EVENTS,
  fingerprintId,
  referenceOf,
  revisionScanId,
  type Fingerprint,
  type ImageFingerprint,
  type KeptPost,
  type Lane,
  type MatchEvidence,
  type Post,
  type TextField,
} from '@leakwatch/contracts';
import { type PostText } from '@leakwatch/text-matching';

/** Data shared by all records that a lane writes about one post. */
export interface ScanContext {
  readonly post: Post;
  readonly lane: Lane;
  readonly engine: string;
  readonly watchListVersion: number;
  readonly at: Date;
  readonly traceparent: string | undefined;
  /** The texts that spans refer to; null in the image lane. */
  readonly text: PostText | null;
  readonly disclosures: CompiledWatchList['disclosures'];
}

type FingerprintContent =
  | { lane: 'text'; text: string; fields: TextField[]; language?: string }
  | { lane: 'image'; images: ImageFingerprint[] };

/** Makes the record that keeps a post's fingerprint. */
export function fingerprintRecord(context: ScanContext, content: FingerprintContent): OutgoingRecord {
  const fingerprint: Fingerprint = {
    schemaVersion: 1,
    id: fingerprintId(context.post.id, content.lane),
    post: referenceOf(context.post),
    engine: context.engine,
    fingerprintedAt: context.at.toISOString(),
    ...content,
  };
  return encodeEvent(EVENTS.fingerprint, fingerprint, attributes(context, fingerprint.id));
}

/** Makes one record per detection and, for an edit or a deletion, one that says the revision has been scanned. */
export function findingRecords(
  context: ScanContext,
  found: readonly MatchEvidence[],
  kept: KeptPost | null,
): OutgoingRecord[] {
  // Most posts are new and without a finding: their reference would take a hash for nothing.
  if (found.length === 0 && context.post.op === 'create') return [];
  const shared = { ...context, post: referenceOf(context.post), rescanJobId: null, kept };
  const detections = found.map((evidence) => describeDetection(shared, evidence));
  const origin = { source: sourceOf(context), traceparent: context.traceparent };
  const records = detections.map((detection) => detectionRecord(detection, origin));
  if (context.post.op === 'create') return records;
  const disclosed = detections.filter((detection) => detection.disclosed === true);
  const disclosedCampaigns = [...new Set(disclosed.map(({ evidence }) => evidence.campaignId))];
  const scan = {
    schemaVersion: 1 as const,
    id: revisionScanId(context.post.id, context.lane),
    post: shared.post,
    lane: context.lane,
    detectionIds: detections.map((detection) => detection.id),
    scannedAt: context.at.toISOString(),
    ...(disclosedCampaigns.length === 0 ? {} : { disclosedCampaigns }),
  };
  return [...records, encodeEvent(EVENTS.revisionScan, scan, attributes(context, scan.id))];
}

function attributes(context: ScanContext, id: string) {
  return {
    id,
    key: context.post.creatorId,
    source: sourceOf(context),
    time: context.at,
    ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
  };
}

function sourceOf({ lane }: ScanContext): string {
  return `/leakwatch/matcher/${lane}`;
}
