import {
  approvedTextHash,
  detectionId,
  EVENTS,
  type Detection,
  type KeptPost,
  type Lane,
  type MatchEvidence,
  type PostReference,
} from '@leakwatch/contracts';
import { encodeEvent, type OutgoingRecord } from '@leakwatch/event-log';
import { type CompiledWatchList } from './compile-watch-list.ts';

/** What all detections of one scan of one post share. */
export interface DetectionContext {
  readonly post: PostReference;
  readonly lane: Lane;
  readonly engine: string;
  readonly watchListVersion: number;
  /** The re-scan that looks; null for live traffic. */
  readonly rescanJobId: string | null;
  readonly at: Date;
  /** The text that spans count in; null in the image lane. */
  readonly text: string | null;
  readonly disclosures: CompiledWatchList['disclosures'];
  /** What was kept of the post; null: nothing. */
  readonly kept: KeptPost | null;
}

const EXCERPT_MARGIN = 80;

/** The detection that a finding makes: with the same id whenever, and by whomever, the same is found in the same post. */
export function describeDetection(context: DetectionContext, evidence: MatchEvidence): Detection {
  const saysDisclosed = context.disclosures.get(evidence.campaignId);
  return {
    schemaVersion: 1,
    id: detectionId(context.post.id, evidence.campaignId, evidence.kind, evidence.itemId),
    post: context.post,
    lane: context.lane,
    evidence,
    excerpt: evidence.span === null || context.text === null ? null : excerptOf(context.text, evidence.span),
    engine: context.engine,
    watchListVersion: context.watchListVersion,
    rescanJobId: context.rescanJobId,
    detectedAt: context.at.toISOString(),
    ...(context.text === null ? {} : { textSha256: approvedTextHash(context.text) }),
    ...(context.text === null || saysDisclosed === undefined
      ? {}
      : { disclosed: saysDisclosed(context.text) }),
    ...(context.kept === null ? {} : { kept: context.kept }),
  };
}

/** @param origin - which part of leakwatch found it, and the trace of the post that it was found in */
export function detectionRecord(
  detection: Detection,
  origin: { source: string; traceparent: string | undefined },
): OutgoingRecord {
  return encodeEvent(EVENTS.detection, detection, {
    id: detection.id,
    key: detection.post.creatorId,
    source: origin.source,
    time: new Date(detection.detectedAt),
    ...(origin.traceparent === undefined ? {} : { traceparent: origin.traceparent }),
  });
}

/** The span with some text on both sides; a surrogate pair that the cut would halve is replaced. */
function excerptOf(text: string, span: readonly [number, number]): string {
  const start = Math.max(0, span[0] - EXCERPT_MARGIN);
  const end = Math.min(text.length, span[1] + EXCERPT_MARGIN);
  return text.slice(start, end).toWellFormed();
}
