import { type MatchEvidence } from '@leakwatch/contracts';
import { type LogRecord } from '@leakwatch/event-log';
import { IMAGE_ENGINE, ImageError } from '@leakwatch/image-matching';
import { matchFingerprint, type CompiledWatchList } from '@leakwatch/matching';
import { type Pacer } from '../pacer.ts';
import { contentOf, sketchFingerprint, type FingerprintSketch } from './read-fingerprint.ts';

/** A job's say in a pass. */
export interface ServedJob {
  readonly id: string;
  readonly isFor: (sketch: FingerprintSketch) => boolean;
}

/** What came of one record that a job was for. */
export interface MatchedRecord {
  readonly record: LogRecord;
  /** Those that it was for; all of them, where it could not be read. */
  readonly jobs: readonly ServedJob[];
  /** Null: it could not be matched. */
  readonly found: readonly MatchEvidence[] | null;
}

/**
 * Reads and matches records one after another, in turns that the pacer gives: nothing else of this process waits longer than a
 * turn. Those that no job is for are left out.
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
  const sketch = sketchFingerprint(record);
  if (sketch === null) return { record, jobs, found: null };
  const wanted = jobs.filter((job) => job.isFor(sketch));
  if (wanted.length === 0) return null;
  if (sketch.lane === 'text') {
    const found = matchFingerprint(list, contentOf(sketch));
    if (found instanceof Promise) return found.then((later) => ({ record, jobs: wanted, found: later }));
    return { record, jobs: wanted, found };
  }
  // Its pictures are not fetched again, so what another engine made of them stays as it is.
  if (sketch.engine !== IMAGE_ENGINE) return { record, jobs: wanted, found: null };
  return Promise.resolve(matchFingerprint(list, contentOf(sketch))).then(
    (found) => ({ record, jobs: wanted, found }),
    (error: unknown) => {
      if (error instanceof ImageError) return { record, jobs: wanted, found: null };
      throw error;
    },
  );
}
