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
import { type PostText } from '@leakwatch/text-matching';
import { type CompiledWatchList } from './compile-watch-list.ts';
import { wordsAndTagsOf, wordsOf } from './post-text.ts';

/** The facts shared by all detections of one scan of one post. */
export interface DetectionContext {
  readonly post: PostReference;
  readonly lane: Lane;
  readonly engine: string;
  readonly watchListVersion: number;
  /** The id of the re-scan; null for live traffic. */
  readonly rescanJobId: string | null;
  readonly at: Date;
  /** The texts that spans refer to; null in the image lane. */
  readonly text: PostText | null;
  readonly disclosures: CompiledWatchList['disclosures'];
  /** The kept copy of the post; null if there is none. */
  readonly kept: KeptPost | null;
}

const EXCERPT_MARGIN = 80;

/** Makes the detection of a finding. The same finding in the same post always gets the same id. */
export function describeDetection(context: DetectionContext, evidence: MatchEvidence): Detection {
  const { text } = context;
  const saysDisclosed = context.disclosures.get(evidence.campaignId);
  return {
    schemaVersion: 1,
    id: detectionId(context.post.id, evidence.campaignId, evidence.kind, evidence.itemId),
    post: context.post,
    lane: context.lane,
    evidence,
    excerpt: excerptOf(context.text, evidence),
    engine: context.engine,
    watchListVersion: context.watchListVersion,
    rescanJobId: context.rescanJobId,
    detectedAt: context.at.toISOString(),
    ...(text === null ? {} : { textSha256: approvedTextHash(wordsOf(text)) }),
    ...(text === null || saysDisclosed === undefined
      ? {}
      : { disclosed: saysDisclosed(wordsAndTagsOf(text)) }),
    ...(context.kept === null ? {} : { kept: context.kept }),
  };
}

/** @param origin - the part of leakwatch that found it, and the trace of its post */
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

/**
 * The span with some text of its field on both sides, after the first part of a split name. A surrogate pair that the cut would split
 * is replaced.
 */
function excerptOf(post: PostText | null, { span, field, before }: MatchEvidence): string | null {
  const text = post?.fields[field?.index ?? 0]?.text;
  if (span === null || text === undefined) return null;
  if (before !== undefined) return `${before.matched} … ${cutAround(text, span)}`;
  return cutAround(text, span);
}

function cutAround(text: string, span: readonly [number, number]): string {
  const start = Math.max(0, span[0] - EXCERPT_MARGIN);
  const end = Math.min(text.length, span[1] + EXCERPT_MARGIN);
  return text.slice(start, end).toWellFormed();
}
