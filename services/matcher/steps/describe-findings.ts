import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';
import {
  detectionId,
  EVENTS,
  fingerprintId,
  referenceOf,
  revisionScanId,
  type Detection,
  type Fingerprint,
  type ImageFingerprint,
  type Lane,
  type MatchEvidence,
  type Post,
} from '@leakwatch/contracts';

/** What all records that a lane writes about one post share. */
export interface ScanContext {
  readonly post: Post;
  readonly lane: Lane;
  readonly engine: string;
  readonly watchListVersion: number;
  readonly at: Date;
  readonly traceparent: string | undefined;
  /** The text that spans count in; null in the image lane. */
  readonly text: string | null;
}

const EXCERPT_MARGIN = 80;

/** The record that keeps a post's fingerprint. */
export function fingerprintRecord(
  context: ScanContext,
  content: { lane: 'text'; text: string } | { lane: 'image'; images: ImageFingerprint[] },
): OutgoingRecord {
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

/** A record a detection and, for an edit or a deletion, one that says the revision has been scanned. */
export function findingRecords(context: ScanContext, found: readonly MatchEvidence[]): OutgoingRecord[] {
  const detections = found.map((evidence) => describeDetection(context, evidence));
  const records = detections.map((detection) =>
    encodeEvent(EVENTS.detection, detection, attributes(context, detection.id)),
  );
  if (context.post.op === 'create') return records;
  const scan = {
    schemaVersion: 1 as const,
    id: revisionScanId(context.post.id, context.lane),
    post: referenceOf(context.post),
    lane: context.lane,
    detectionIds: detections.map((detection) => detection.id),
    scannedAt: context.at.toISOString(),
  };
  return [...records, encodeEvent(EVENTS.revisionScan, scan, attributes(context, scan.id))];
}

function describeDetection(context: ScanContext, evidence: MatchEvidence): Detection {
  return {
    schemaVersion: 1,
    id: detectionId(context.post.id, evidence.campaignId, evidence.kind, evidence.itemId),
    post: referenceOf(context.post),
    lane: context.lane,
    evidence,
    excerpt: evidence.span === null || context.text === null ? null : excerptOf(context.text, evidence.span),
    engine: context.engine,
    watchListVersion: context.watchListVersion,
    rescanJobId: null,
    detectedAt: context.at.toISOString(),
  };
}

/** The span with some text on both sides; a surrogate pair that the cut would halve is replaced. */
function excerptOf(text: string, span: readonly [number, number]): string {
  const start = Math.max(0, span[0] - EXCERPT_MARGIN);
  const end = Math.min(text.length, span[1] + EXCERPT_MARGIN);
  return text.slice(start, end).toWellFormed();
}

function attributes(context: ScanContext, id: string) {
  return {
    id,
    key: context.post.creatorId,
    source: `/leakwatch/matcher/${context.lane}`,
    time: context.at,
    ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
  };
}

/** Of several finds of one item in one post, the surest: a detection is one post and one item. */
export function strongestOfEachItem(found: readonly MatchEvidence[]): MatchEvidence[] {
  const best = new Map<string, MatchEvidence>();
  for (const evidence of found) {
    const key = JSON.stringify([evidence.campaignId, evidence.kind, evidence.itemId]);
    const known = best.get(key);
    if (known === undefined || evidence.confidence > known.confidence) best.set(key, evidence);
  }
  return [...best.values()];
}
