/**
 * The way of a batch of stored fingerprints through a pass:
 *
 *   skip what is done or out of range → sketch → filter by job → match → read in full what matched
 *     → describe and record findings → keep for evidence and publish what is new → move the pass on
 *
 * Findings are recorded before they are published, and the pass moves on last. A worker that dies in between repeats
 * all of it with the same ids, and nothing shows twice. The group delivers a partition's batches one after another; a
 * worker that has lost its partition finds the pass moved.
 */
import { type MatchEvidence } from '@leakwatch/contracts';
import { type Batch, type EventLog, type OutgoingRecord } from '@leakwatch/event-log';
import { detectionRecord } from '@leakwatch/matching';
import { findErased, type Store } from '@leakwatch/store';
import { type PassJob, type PreparedPass } from './open-pass.ts';
import { type Pacer } from './pacer.ts';
import { listStandingAlerts } from './queries/list-standing-alerts.ts';
import { loadPassPlace } from './queries/load-pass-place.ts';
import { recordRescanFindings, type NewFinding } from './queries/record-findings.ts';
import { recordRescanProgress, type JobCount } from './queries/record-progress.ts';
import { findingsIn, goneFrom, readInFull, type ReadRecord } from './steps/describe-findings.ts';
import { keepForEvidence } from './steps/keep-for-evidence.ts';
import { matchFingerprints, type MatchedRecord } from './steps/match-fingerprints.ts';

export interface PassTools {
  readonly store: Store;
  readonly log: Pick<EventLog, 'publish'>;
  readonly pacer: Pacer;
  readonly clock: () => Date;
}

/** The outcome of a batch. */
export interface BatchEffect {
  /** Fingerprints read, without those done before. */
  readonly read: number;
  readonly published: number;
  /** Whether the pass has reached its end in this partition. */
  readonly isLast: boolean;
  /** Engines whose fingerprints this version can't read. */
  readonly unreadEngines: ReadonlySet<string>;
}

export async function processFingerprints(
  batch: Batch,
  pass: PreparedPass,
  tools: PassTools,
): Promise<BatchEffect> {
  const place = await loadPassPlace(tools.store.pool, pass.id, batch.partition);
  const records =
    place === null ? [] : batch.records.filter(({ offset }) => offset >= place.at && offset < place.to);
  const last = records.at(-1);
  if (place === null || last === undefined)
    return { read: 0, published: 0, isLast: false, unreadEngines: new Set() };

  const matched = await matchFingerprints(records, pass.list, pass.jobs, tools.pacer);
  const { findings, sources, misread } = await describe(matched, pass, tools);
  batch.signal.throwIfAborted();
  const published = await tell(findings, sources, pass, tools);
  const to = last.offset + 1n;
  const counts = countFor(pass.jobs, matched, misread);
  const step = { passId: pass.id, partition: batch.partition, at: place.at, to, counts };
  await recordRescanProgress(tools.store.pool, step);
  const unreadEngines = new Set(matched.flatMap(({ unreadEngine }) => unreadEngine ?? []));
  return { read: records.length, published, isLast: to >= place.to, unreadEngines };
}

async function describe(matched: readonly MatchedRecord[], pass: PreparedPass, { store, clock }: PassTools) {
  const jobs = new Map(pass.jobs.map((job): [string, PassJob] => [job.id, job]));
  // A job that compares also wants the posts without a finding.
  const compares = (one: MatchedRecord) =>
    one.jobs.some(({ id }) => jobs.get(id)?.request.sinceVersion !== undefined);
  // Siblings of an asset are found beside it; a post that shows nothing else is not read in full.
  const isWanted = (one: MatchedRecord, evidence: MatchEvidence) =>
    one.jobs.some(({ id }) => jobs.get(id)?.wants(evidence) === true);
  const worthReading = matched.filter(
    (one) => one.found !== null && (compares(one) || one.found.some((evidence) => isWanted(one, evidence))),
  );
  const { read: readable, unreadable } = readInFull(worthReading);
  const isErased = await findErased(
    store.pool,
    readable.map(({ fingerprint }) => fingerprint.post),
  );
  const read = readable.filter(({ fingerprint }) => !isErased(fingerprint.post));
  const at = clock();
  const found = read.flatMap((one) => findingsIn(one, jobs, pass.list, at));
  const gone = await findGone(
    read.filter(({ matched: one }) => compares(one)),
    jobs,
    store,
  );
  const sources = new Map(read.map((one): [string | undefined, ReadRecord] => [one.kept.recordSha256, one]));
  return { findings: [...found, ...gone], sources, misread: unreadable };
}

async function findGone(
  read: readonly ReadRecord[],
  jobs: ReadonlyMap<string, PassJob>,
  store: Store,
): Promise<NewFinding[]> {
  const gone: NewFinding[] = [];
  for (const lane of ['text', 'image'] as const) {
    const ofLane = read.filter(({ fingerprint }) => fingerprint.lane === lane);
    if (ofLane.length === 0) continue;
    const threads = ofLane.map(({ fingerprint }) => fingerprint.post.threadId);
    const standing = await listStandingAlerts(store.pool, threads, lane);
    gone.push(...ofLane.flatMap((one) => goneFrom(one, jobs, standing)));
  }
  return gone;
}

/** Records findings, and publishes those that no alert has: once each, even if several jobs found it. */
async function tell(
  findings: readonly NewFinding[],
  sources: ReadonlyMap<string | undefined, ReadRecord>,
  pass: PreparedPass,
  { store, log, clock }: PassTools,
): Promise<number> {
  if (findings.length === 0) return 0;
  const recorded = await recordRescanFindings(store.pool, findings, clock());
  const loud = new Set(pass.jobs.filter(({ request }) => !request.dryRun).map(({ id }) => id));
  const toTell = new Set(
    recorded
      .filter(({ jobId, standing }) => loud.has(jobId) && (standing === 'new' || standing === 'suppressed'))
      .map(({ detectionId }) => detectionId),
  );
  const records: OutgoingRecord[] = [];
  const told = new Set<ReadRecord>();
  for (const { jobId, detection } of findings) {
    if (!loud.has(jobId) || !toTell.delete(detection.id)) continue;
    const source = sources.get(detection.kept?.recordSha256);
    const traceparent = source?.record.headers['traceparent'];
    records.push(detectionRecord(detection, { source: '/leakwatch/rescan', traceparent }));
    if (source !== undefined) told.add(source);
  }
  await keepForEvidence(store.pool, [...told]);
  if (records.length > 0) await log.publish(records);
  return records.length;
}

function countFor(
  jobs: readonly PassJob[],
  matched: readonly MatchedRecord[],
  misread: readonly MatchedRecord[],
): JobCount[] {
  const lost = new Set(misread);
  return jobs.map(({ id: jobId }) => {
    const own = matched.filter((one) => one.jobs.some(({ id }) => id === jobId));
    const unreadable = own.filter((one) => one.found === null || lost.has(one)).length;
    return { jobId, examined: own.length, unreadable };
  });
}
