import { type EventLog, type OutgoingRecord } from '../port/event-log.ts';

/** One round of a bench: its topic, its records, and the batch size. */
export interface Round {
  readonly topic: string;
  readonly records: readonly OutgoingRecord[];
  readonly batchSize: number;
}

/** An adapter, and the same work done without it, with the library's own means. */
export interface BenchSide {
  readonly description: string;
  readonly log: EventLog;
  /** Both return the number of records. */
  appendPlainly(round: Round): Promise<number>;
  readPlainly(round: Round): Promise<number>;
  close(): Promise<void>;
}

export function* batchesOf({ records, batchSize }: Round): Generator<readonly OutgoingRecord[]> {
  for (let at = 0; at < records.length; at += batchSize) yield records.slice(at, at + batchSize);
}
