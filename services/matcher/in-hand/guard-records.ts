/**
 * Finds the record that takes the process down. Each record is noted in the database while it is in hand, and a note that
 * another process has left says that it ended in the middle of the work:
 *
 *   noted, in company ──done──▶ no note
 *          └─process ends──▶ suspect ──taken up alone──▶ done: no note
 *                               ▲             └─process ends again─┐
 *                               └──── fewer than MOST_FALLS ◀──────┴──▶ else: failed, and so a dead letter
 *
 * Records that only were beside the guilty one pass when they are alone.
 */
import { randomUUID } from 'node:crypto';
import { type LogRecord, type Outcome } from '@leakwatch/event-log';
import { type Queryable } from '@leakwatch/store';
import { clearNotes, noteAlone, noteTogether } from '../queries/records-in-hand.ts';
import { outcomeAt } from '../steps/outcome-at.ts';
import { createAloneGate } from './alone-gate.ts';

type Process = (records: readonly LogRecord[]) => Promise<readonly Outcome[]>;

/** Processes records with a note of each; one outcome per record, in the same order. */
export type GuardRecords = (records: readonly LogRecord[], process: Process) => Promise<Outcome[]>;

/** A record that was alone in hand when so many processes ended is set aside. The first time it was in company. */
const MOST_FALLS = 2;

/** @param stage - tells the notes of different stages apart */
export function createRecordGuard(db: Queryable, stage: string): GuardRecords {
  const holder = randomUUID();
  const gate = createAloneGate();

  const processAlone = async (record: LogRecord, process: Process): Promise<Outcome> => {
    const falls = await noteAlone(db, { stage, holder }, record);
    if (falls > MOST_FALLS) return tookProcessDown(falls);
    return outcomeAt(await process([record]), 0);
  };

  return async (records, process) => {
    if (records.length === 0) return [];
    try {
      const suspects = new Set(await noteTogether(db, { stage, holder }, records));
      const others = records.filter((record) => !suspects.has(record));
      const outcomes = new Map<LogRecord, Outcome>();
      const processed = others.length === 0 ? [] : await gate.together(() => process(others));
      others.forEach((record, index) => outcomes.set(record, outcomeAt(processed, index)));
      for (const record of suspects) {
        outcomes.set(record, await gate.alone(() => processAlone(record, process)));
        await clearNotes(db, { stage, holder }, [record]);
      }
      return records.map((record) => outcomeOf(outcomes, record));
    } finally {
      await clearNotes(db, { stage, holder }, records);
    }
  };
}

function tookProcessDown(falls: number): Outcome {
  return {
    kind: 'failed',
    reason: 'took-process-down',
    message: `${falls} processes ended while they worked on this record, at last on nothing else`,
    retry: false,
  };
}

function outcomeOf(outcomes: ReadonlyMap<LogRecord, Outcome>, record: LogRecord): Outcome {
  const outcome = outcomes.get(record);
  if (outcome === undefined) throw new RangeError(`no outcome for the record at ${record.offset}`);
  return outcome;
}
