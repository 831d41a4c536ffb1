/**
 * The way of a post through the matcher. Two lanes read the topic `posts`, each a consumer group of its own, so that a
 * slow image never delays a caption:
 *
 *   text lane    decode post → match its text                      → fingerprint, detections
 *   image lane   decode post → load each image → hash → match      → fingerprint, detections
 *
 * What can't be scanned is an outcome, `failed`, that goes to the dead letters: never "no leak".
 */
import { EVENTS, type Lane, type Post } from '@leakwatch/contracts';
import { decodeEvent, RecordError, type LogRecord, type Outcome } from '@leakwatch/event-log';
import { type CompiledWatchList } from '@leakwatch/matching';
import { scanImages, type ImageScanner } from './steps/scan-images.ts';
import { scanText } from './steps/scan-text.ts';
import { type Scan } from './steps/scan.ts';

/** One lane: what it does with the posts of a batch, one outcome a record. */
export interface MatcherLane {
  readonly lane: Lane;
  readonly process: (records: readonly LogRecord[]) => Promise<readonly Outcome[]>;
}

export interface LaneOptions {
  /** The watch list as it is now; asked once a batch, so that a batch meets one version. */
  readonly watchList: () => CompiledWatchList;
  readonly clock: () => Date;
}

export function createTextLane(options: LaneOptions): MatcherLane {
  return createLane('text', options, scanText);
}

export function createImageLane(options: LaneOptions, scanner: ImageScanner): MatcherLane {
  return createLane('image', options, (post, list, context) => scanImages(post, list, scanner, context));
}

type ScanPost = (
  post: Post,
  list: CompiledWatchList,
  context: { at: Date; traceparent: string | undefined },
) => Promise<Scan>;

function createLane(lane: Lane, options: LaneOptions, scan: ScanPost): MatcherLane {
  return {
    lane,
    process: (records) => {
      const list = options.watchList();
      return Promise.all(
        records.map(async (record) => {
          const decoded = decodePost(record);
          if (!('post' in decoded)) return decoded;
          const context = { at: options.clock(), traceparent: record.headers.traceparent };
          return outcomeOf(await scan(decoded.post, list, context));
        }),
      );
    },
  };
}

function decodePost(record: LogRecord): { post: Post } | Outcome {
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
    // What could be scanned is not held back by what could not.
    emit: scan.records,
  };
}
