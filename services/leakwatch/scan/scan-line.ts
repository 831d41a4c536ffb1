import {
  type Grade,
  type MatchEvidence,
  type SubmittedMedia,
  type SubmittedPost,
  SubmittedPostSchema,
  type TextFieldKind,
  describeIssues,
  LIMITS,
} from '@leakwatch/contracts';
import { ImageError, type ImageEngine } from '@leakwatch/image-matching';
import { MediaError, type SourceItem } from '@leakwatch/ingest/source';
import { MediaFetchError } from '@leakwatch/matcher/fetch-media';
import {
  matchImage,
  matchText,
  raisesAlert,
  textOfSubmitted,
  type AlertPolicy,
  type CompiledWatchList,
} from '@leakwatch/matching';

/** The result of scanning one line. */
export interface LineResult {
  readonly place: string;
  readonly raw: string;
  readonly postId: string | null;
  readonly found: readonly MatchEvidence[];
  /** Parts that could not be scanned, with the reason. */
  readonly failures: readonly string[];
  /** Images that were matched in part: damaged ones, and frames left out. */
  readonly notes: readonly string[];
}

export interface ScanTools {
  readonly list: CompiledWatchList;
  readonly engine: ImageEngine;
  readonly readMedia: (media: SubmittedMedia) => Promise<Uint8Array>;
}

/** Checks one line against the watch list. A post without images needs no promise. */
export function scanLine(item: SourceItem, tools: ScanTools): LineResult | Promise<LineResult> {
  const parsed = readPost(item);
  if (typeof parsed === 'string') return failed(item, [parsed]);
  const media = parsed.media ?? [];
  const found = matchText(tools.list, textOfSubmitted(parsed));
  const result = { place: item.place, raw: item.raw, postId: parsed.id };
  if (media.length === 0) return { ...result, found, failures: [], notes: [] };
  return scanMedia(media, tools).then((images) => ({
    ...result,
    found: [...found, ...images.found],
    failures: images.failures,
    notes: images.notes,
  }));
}

function failed(item: SourceItem, failures: readonly string[]): LineResult {
  return { place: item.place, raw: item.raw, postId: null, found: [], failures, notes: [] };
}

/** The post, or what is wrong with the line. */
export function readPost(item: SourceItem): SubmittedPost | string {
  if (item.problem !== undefined) return `${item.problem.reason}: ${item.problem.message}`;
  if (Buffer.byteLength(item.raw) > LIMITS.postBytes) {
    return `too-large: the post has ${Buffer.byteLength(item.raw)} bytes, the limit is ${LIMITS.postBytes}`;
  }
  let value: unknown;
  try {
    value = JSON.parse(item.raw);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `bad-json: ${error.message}`;
  }
  const post = SubmittedPostSchema.safeParse(value);
  return post.success ? post.data : `bad-post: ${describeIssues(post.error).join('; ')}`;
}

async function scanMedia(
  media: readonly SubmittedMedia[],
  tools: ScanTools,
): Promise<{ found: MatchEvidence[]; failures: string[]; notes: string[] }> {
  const found: MatchEvidence[] = [];
  const notes: string[] = [];
  const failures: string[] = [];
  await Promise.all(
    media.map(async (one, mediaIndex) => {
      const name = one.file ?? one.url ?? '';
      try {
        const { data, notes: seenInPart } = await tools.engine.fingerprint(await tools.readMedia(one));
        notes.push(
          ...seenInPart.map(({ kind, message }) => `${kind}: media[${mediaIndex}] ${name}: ${message}`),
        );
        found.push(...(await matchImage(tools.list, data, { mediaIndex, name })));
      } catch (error) {
        if (!isMediaFailure(error)) throw error;
        failures.push(`${error.reason}: media[${mediaIndex}] ${name}: ${error.message}`);
      }
    }),
  );
  return { found, failures, notes };
}

/** The image or its source is at fault; any other error is ours and ends the scan. */
function isMediaFailure(error: unknown): error is ImageError | MediaError | MediaFetchError {
  return error instanceof ImageError || error instanceof MediaError || error instanceof MediaFetchError;
}

/** A line of `scan`'s output. Its form is stable: others measure by it. */
interface ScanDetection {
  readonly postId: string;
  readonly campaignId: string;
  readonly itemId: string;
  readonly kind: 'term' | 'asset';
  readonly confidence: number;
  /** The kind of field that holds the term; absent for the caption and for an asset. */
  readonly field?: TextFieldKind;
  /** UTF-16 units of the field's text; null for an asset. */
  readonly span: readonly [number, number] | null;
  readonly matched: string;
  readonly how: readonly string[];
  readonly distance: number | null;
  /** Absent for a term. */
  readonly grade?: Grade;
  /** False for a grade that raises no alert by the asset's policy; absent otherwise. */
  readonly raisesAlert?: false;
}

export function toScanDetection(
  postId: string,
  evidence: MatchEvidence,
  alertsOn: AlertPolicy,
): ScanDetection {
  return {
    postId,
    campaignId: evidence.campaignId,
    itemId: evidence.itemId,
    kind: evidence.kind,
    confidence: Math.round(evidence.confidence * 1000) / 1000,
    ...(evidence.field === undefined ? {} : { field: evidence.field.kind }),
    span: evidence.span,
    matched: evidence.matched,
    how: evidence.how,
    distance: evidence.distance,
    ...(evidence.grade === undefined ? {} : { grade: evidence.grade }),
    ...(raisesAlert(evidence, alertsOn) ? {} : { raisesAlert: false }),
  };
}
