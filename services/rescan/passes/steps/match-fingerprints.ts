import { type MatchEvidence } from '@leakwatch/contracts';
import { isErased, type LogRecord } from '@leakwatch/event-log';
import { ImageError, isReadableEngine } from '@leakwatch/image-matching';
import { matchFingerprint, type CompiledWatchList } from '@leakwatch/matching';
import { type Pacer } from '../pacer.ts';
import { contentOf, sketchFingerprint, type FingerprintSketch } from './read-fingerprint.ts';

/** A job's part in a pass. */
export interface ServedJob {
  readonly id: string;
  readonly isFor: (sketch: FingerprintSketch) => boolean;
}

/** The result for a record that some job covers. */
export interface MatchedRecord {
  readonly record: LogRecord;
  /** The jobs that cover it; all of them, if it could not be read. */
  readonly jobs: readonly ServedJob[];
  /** Null: it could not be matched. */
  readonly found: readonly MatchEvidence[] | null;
  /** The engine that made it, if this version reads none of its fingerprints. */
  readonly unreadEngine?: string;
}

/**
 * Reads and matches records one after another, in turns of the pacer: nothing else in this process waits longer than a
 * turn. Records that no job covers are left out.
 */
export async function matchFingerprints(
  records: readonly LogRecord[],
  list: CompiledWatchList,
  jobs: readonly ServedJob[],
  pacer: Pacer,
): Promise<MatchedRecord[]> {
  const matched: MatchedRecord[] = [];
  let turn = await pacer.begin();
  try {
    for (const record of records) {
      if (turn.isOver()) {
        turn.end();
        turn = await pacer.begin();
      }
      const one = matchRecord(record, list, jobs);
      const result = one instanceof Promise ? await one : one;
      if (result !== null) matched.push(result);
    }
  } finally {
    turn.end();
  }
  return matched;
}

function matchRecord(
  record: LogRecord,
  list: CompiledWatchList,
  jobs: readonly ServedJob[],
): MatchedRecord | null | Promise<MatchedRecord> {
  if (isErased(record)) return null;
  const sketch = sketchFingerprint(record);
  if (sketch === null) return { record, jobs, found: null };
  const wanted = jobs.filter((job) => job.isFor(sketch));
  if (wanted.length === 0) return null;
  if (sketch.lane === 'text') {
    const found = matchFingerprint(list, contentOf(sketch));
    if (found instanceof Promise) return found.then((later) => ({ record, jobs: wanted, found: later }));
    return { record, jobs: wanted, found };
  }
  // Its pictures are not fetched again: the results of an engine that can't be read stay.
  if (!isReadableEngine(sketch.engine)) {
    return { record, jobs: wanted, found: null, unreadEngine: sketch.engine };
  }
  return Promise.resolve(matchFingerprint(list, contentOf(sketch))).then(
    (found) => ({ record, jobs: wanted, found }),
    (error: unknown) => {
      if (error instanceof ImageError) return { record, jobs: wanted, found: null };
      throw error;
    },
  );
}
