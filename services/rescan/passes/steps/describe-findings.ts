import {
  detectionId,
  sha256Hex,
  type Detection,
  type Fingerprint,
  type KeptPost,
  type Lane,
} from '@leakwatch/contracts';
import { type LogRecord } from '@leakwatch/event-log';
import { IMAGE_ENGINE } from '@leakwatch/image-matching';
import { describeDetection, textOfFingerprint, type CompiledWatchList } from '@leakwatch/matching';
import { TEXT_ENGINE } from '@leakwatch/text-matching';
import { type PassJob } from '../open-pass.ts';
import { type StandingAlert } from '../queries/list-standing-alerts.ts';
import { type NewFinding } from '../queries/record-findings.ts';
import { type MatchedRecord } from './match-fingerprints.ts';
import { readFingerprint } from './read-fingerprint.ts';

/** A whole record with findings. */
export interface ReadRecord {
  readonly record: LogRecord;
  readonly fingerprint: Fingerprint;
  readonly matched: MatchedRecord;
  /** Everything that history has of the post. */
  readonly kept: KeptPost;
}

/** Records with findings, and those of them that turn out to be invalid. */
export function readInFull(matched: readonly MatchedRecord[]): {
  read: ReadRecord[];
  unreadable: MatchedRecord[];
} {
  const read: ReadRecord[] = [];
  const unreadable: MatchedRecord[] = [];
  for (const one of matched) {
    const fingerprint = readFingerprint(one.record);
    if (fingerprint === null) unreadable.push(one);
    else
      read.push({
        record: one.record,
        fingerprint,
        matched: one,
        kept: { form: 'fingerprint', recordSha256: sha256Hex(one.record.value) },
      });
  }
  return { read, unreadable };
}

const ENGINES: Record<Lane, string> = { text: TEXT_ENGINE, image: IMAGE_ENGINE };

/** Each job's findings in a record: its items, at its confidence. */
export function findingsIn(
  { fingerprint, matched, kept }: ReadRecord,
  jobs: ReadonlyMap<string, PassJob>,
  list: Pick<CompiledWatchList, 'version' | 'disclosures'>,
  at: Date,
): NewFinding[] {
  const { post, lane } = fingerprint;
  const text = fingerprint.lane === 'text' ? textOfFingerprint(fingerprint) : null;
  return matched.jobs.flatMap(({ id: jobId }) => {
    const job = jobs.get(jobId);
    if (job === undefined) return [];
    const context = {
      post,
      lane,
      text,
      watchListVersion: list.version,
      disclosures: list.disclosures,
      at,
      engine: ENGINES[lane],
      rescanJobId: jobId,
      kept,
    };
    return (matched.found ?? [])
      .filter((evidence) => evidence.confidence >= job.request.minConfidence && job.wants(evidence))
      .map((evidence) => ({ jobId, detection: describeDetection(context, evidence), removed: false }));
  });
}

/** Findings in alerts that a job did not find again: an engine or a term has changed since. */
export function goneFrom(
  { fingerprint, matched }: ReadRecord,
  jobs: ReadonlyMap<string, PassJob>,
  standing: readonly StandingAlert[],
): NewFinding[] {
  const ofPost = standing.filter(({ post }) => post.id === fingerprint.post.id);
  const found = new Set(
    (matched.found ?? []).map(({ campaignId, kind, itemId }) =>
      detectionId(fingerprint.post.id, campaignId, kind, itemId),
    ),
  );
  const gone = (detection: Detection) => !found.has(detection.id) && !isOverPosts(detection);
  return matched.jobs.flatMap(({ id: jobId }) => {
    const job = jobs.get(jobId);
    if (job?.request.sinceVersion === undefined) return [];
    return ofPost
      .filter((detection) => gone(detection) && job.wants(detection.evidence))
      .map((detection) => ({ jobId, detection, removed: true }));
  });
}

/** True for a name over two posts. A re-scan reads each post by itself, so it can't tell whether such a name is gone. */
function isOverPosts({ evidence }: Detection): boolean {
  return evidence.kind === 'term' && evidence.how.includes('over-posts');
}
