/**
 * The way of a post through the matcher. Two lanes read the topic `posts`, each as a consumer group of its own, so that a
 * slow image never delays a caption:
 *
 *   text lane    decode post → match its text → follow threads     → keep the post → fingerprint, detections
 *   image lane   decode post → load each image → hash → match      → keep the post → fingerprint, detections
 *
 * A post with a finding is kept whole before its detections are published (docs/use/evidence.md). A post that can't be
 * scanned has the outcome `failed` and goes to the dead letters: it never counts as "no leak". A post whose pictures don't come
 * at once goes to a queue of its own (later/later-queue.ts).
 */
import { EVENTS, isCanaryPost, type Lane, type Post } from '@leakwatch/contracts';
import { decodeEvent, RecordError, type LogRecord, type Outcome } from '@leakwatch/event-log';
import { type CompiledWatchList } from '@leakwatch/matching';
import { type ByteBudget } from '@leakwatch/runtime';
import { mapInSlices } from '@leakwatch/runtime/waiting';
import { type GuardRecords } from './in-hand/guard-records.ts';
import { type Attempt } from './later/later-queue.ts';
import { type PutOff } from './later/waiting-room.ts';
import { scanImages, type ImageScanner, type ImageWork } from './steps/scan-images.ts';
import { type FollowThreads } from './steps/follow-threads.ts';
import { type CreatorTime } from './steps/creator-time.ts';
import { outcomeAt } from './steps/outcome-at.ts';
import { readPost, type ReadPost } from './steps/read-post.ts';
import { scanText } from './steps/scan-text.ts';
import { type Keeping } from './steps/keep-post.ts';
import { type Circumstances, type Scan } from './steps/scan.ts';
import { splitByWork } from './steps/split-by-work.ts';
import { isPlainlyWithoutMedia } from './steps/without-media.ts';

/** One lane: it processes the posts of a batch, with one outcome per record. */
export interface MatcherLane {
  readonly lane: Lane;
  /** Partitions that it works on at once. */
  readonly concurrency: number;
  /** The parts in which a batch is finished, one after the other. */
  readonly split: (records: readonly LogRecord[]) => readonly (readonly LogRecord[])[];
  readonly process: (records: readonly LogRecord[], signal: AbortSignal) => Promise<readonly Outcome[]>;
}

export interface LaneOptions {
  /** Returns the current watch list; asked once per batch, so that a batch sees one version. */
  readonly watchList: () => CompiledWatchList;
  readonly clock: () => Date;
  /** Stores posts that evidence may need; called once per batch, and only if something was found. */
  readonly keep: (keepings: readonly Keeping[]) => Promise<void>;
}

/** A lane, and the way of a record that it has put off. */
export interface LaneWithQueue extends MatcherLane {
  readonly attempt: (record: LogRecord, signal: AbortSignal) => Promise<Attempt>;
}

/** The means of the text lane. */
export interface TextLaneTools {
  readonly followThreads: FollowThreads;
  /** Tells which creators have taken their time; their posts are put off. */
  readonly creatorTime: CreatorTime;
  readonly putOff: PutOff;
}

export function createTextLane(
  options: LaneOptions,
  { followThreads, creatorTime, putOff }: TextLaneTools,
): LaneWithQueue {
  const read = (post: Post, list: CompiledWatchList): ReadPost => {
    const startedAt = performance.now();
    const reading = readPost(post, list);
    creatorTime.spend(post.creatorId, performance.now() - startedAt);
    return reading;
  };
  const processAll = (mayPutOff: boolean) =>
    createProcess(options, async (records, list, clock) => {
      const batch = await mapInSlices(records, (record) => {
        const decoded = decodePost(record);
        if (!('post' in decoded)) return { record, decoded, read: null, isPutOff: false };
        const isPutOff = mayPutOff && creatorTime.isSpent(decoded.post.creatorId);
        return { record, decoded, read: isPutOff ? null : read(decoded.post, list), isPutOff };
      });
      const earlier = await followThreads(batch.flatMap(({ read }) => read ?? []));
      const scanned = await mapInSlices(batch, ({ record, decoded, read, isPutOff }) => {
        if (isPutOff) return null;
        if (!('post' in decoded)) return unscanned(decoded);
        const { post } = decoded;
        const context = circumstancesOf(record, post, clock());
        return scannedRecord(
          post,
          scanText(read ?? readPost(post, list), list, context, earlier.get(post.id)),
        );
      });
      return Promise.all(
        batch.map(async ({ record }, index) => {
          const own = scanned[index] ?? null;
          if (own !== null) return own;
          return (await putOff({ record, waitsFor: record.key })) ? PUT_OFF : NO_ROOM;
        }),
      );
    });
  const processOne = processAll(false);
  return {
    lane: 'text',
    // Findings of many partitions are published together.
    concurrency: 12,
    split: (records) => [records],
    process: processAll(true),
    attempt: async (record, signal) => ({
      outcome: outcomeAt(await processOne([record], signal), 0),
      waitsFor: null,
    }),
  };
}

/** The means of the image lane. */
export interface ImageLaneTools {
  readonly scanner: ImageScanner;
  /** Bounds the bytes of pictures that this process holds. */
  readonly budget: ByteBudget;
  readonly guard: GuardRecords;
  readonly putOff: PutOff;
}

export function createImageLane(
  { watchList, clock, keep }: LaneOptions,
  { scanner, budget, guard, putOff }: ImageLaneTools,
): LaneWithQueue {
  const scan = async (
    record: LogRecord,
    list: CompiledWatchList,
    work: Omit<ImageWork, 'account'>,
  ): Promise<Attempt> => {
    const account = budget.open();
    try {
      const decoded = decodePost(record);
      if (!('post' in decoded)) return unscanned(decoded);
      const { post } = decoded;
      const context = circumstancesOf(record, post, clock());
      const scanned = scannedRecord(
        post,
        await scanImages(post, list, scanner, context, { ...work, account }),
      );
      // At once, because the pictures' bytes are held until then.
      if (scanned.keeping !== null) await keep([scanned.keeping]);
      return scanned;
    } finally {
      account.close();
    }
  };
  /** Scans a record without waiting long for anybody. */
  const scanNow = async (
    record: LogRecord,
    list: CompiledWatchList,
    signal: AbortSignal,
  ): Promise<Outcome> => {
    const { outcome, waitsFor } = await scan(record, list, { signal, patience: 'little' });
    if (waitsFor === null || outcome.kind !== 'failed') return outcome;
    const emit = outcome.emit ?? [];
    if (!(await putOff({ record, waitsFor }))) return { ...TOO_MANY_WAIT, emit };
    return { kind: 'postponed', reason: outcome.reason, emit };
  };
  return {
    lane: 'image',
    concurrency: 4,
    // An image takes a hundred times longer than a text, so the first of a batch must not wait for the last.
    split: (records) => splitByWork(records, (record) => !isPlainlyWithoutMedia(record), IMAGES_AT_ONCE),
    process: async (records, signal) => {
      const list = watchList();
      const heavy = records.filter((record) => !isPlainlyWithoutMedia(record));
      const scanned = await guard(heavy, (some) =>
        Promise.all(some.map((record) => scanNow(record, list, signal))),
      );
      const outcomes = new Map(heavy.map((record, index) => [record, outcomeAt(scanned, index)]));
      return records.map((record) => outcomes.get(record) ?? NOTHING_FOUND);
    },
    attempt: async (record, signal) => {
      let waitsFor: string | null = null;
      const outcomes = await guard([record], async () => {
        const scanned = await scan(record, watchList(), { signal, patience: 'much' });
        ({ waitsFor } = scanned);
        return [scanned.outcome];
      });
      return { outcome: outcomeAt(outcomes, 0), waitsFor };
    },
  };
}

/** Posts with images in one part of a batch. */
const IMAGES_AT_ONCE = 16;

const PUT_OFF = unscanned({ kind: 'postponed', reason: 'creator-time', emit: [] });
/** The record becomes a dead letter, so that nobody takes it for clean and the queue stays bounded. */
const TOO_MANY_WAIT = {
  kind: 'failed',
  reason: 'too-many-waiting',
  message: 'it was to be put off, but too many posts are waiting already, of all creators or of this one',
  retry: false,
} as const satisfies Outcome;
const NO_ROOM = unscanned(TOO_MANY_WAIT);
const NOTHING_FOUND: Outcome = { kind: 'ok', emit: [] };

interface ScannedRecord extends Attempt {
  readonly keeping: Keeping | null;
}

function createProcess(
  { watchList, clock, keep }: LaneOptions,
  scanAll: (
    records: readonly LogRecord[],
    list: CompiledWatchList,
    clock: () => Date,
  ) => Promise<readonly ScannedRecord[]>,
): MatcherLane['process'] {
  return async (records) => {
    const scanned = await scanAll(records, watchList(), clock);
    const keepings = scanned.flatMap(({ keeping }) => keeping ?? []);
    if (keepings.length > 0) await keep(keepings);
    return scanned.map(({ outcome }) => outcome);
  };
}

function unscanned(outcome: Outcome): ScannedRecord {
  return { outcome, keeping: null, waitsFor: null };
}

function circumstancesOf(record: LogRecord, post: Post, at: Date): Circumstances {
  const value = isCanaryPost(post) ? null : record.value;
  return { at, traceparent: record.headers.traceparent, value };
}

function scannedRecord(post: Post, scanned: Scan): ScannedRecord {
  return {
    outcome: outcomeOf(isCanaryPost(post) ? withoutFingerprints(scanned) : scanned),
    keeping: scanned.keeping,
    waitsFor: scanned.failures.find(({ waitsFor }) => waitsFor !== null)?.waitsFor ?? null,
  };
}

/** Drops fingerprints of unregistered accounts: history is kept for creators only. */
function withoutFingerprints(scan: Scan): Scan {
  const { topic } = EVENTS.fingerprint;
  return { ...scan, records: scan.records.filter((record) => record.topic !== topic) };
}

type DecodedPost = { post: Post } | Outcome;

function decodePost(record: LogRecord): DecodedPost {
  try {
    return { post: decodeEvent(record, EVENTS.post) };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { kind: 'failed', reason: error.reason, message: error.message, retry: false };
  }
}

function outcomeOf(scan: Scan): Outcome {
  const first = scan.failures[0];
  if (first === undefined) return { kind: 'ok', emit: scan.records };
  return {
    kind: 'failed',
    reason: first.reason,
    message: scan.failures.map((failure) => failure.message).join('; '),
    retry: scan.failures.some((failure) => failure.canRetry),
    // Failures don't hold back the records of a partly scanned post.
    emit: scan.records,
  };
}
