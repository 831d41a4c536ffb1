import { type EventLog, type OutgoingRecord } from '../port/event-log.ts';

/** One round of a bench: its own topic, records, and how many go together. */
export interface Round {
  readonly topic: string;
  readonly records: readonly OutgoingRecord[];
  readonly batchSize: number;
}

/** An adapter, and what lies under it used without one, by the means that its own library offers. */
export interface BenchSide {
  readonly description: string;
  readonly log: EventLog;
  /** Both say how many records they have appended or read. */
  appendPlainly(round: Round): Promise<number>;
  readPlainly(round: Round): Promise<number>;
  close(): Promise<void>;
}

export function* batchesOf({ records, batchSize }: Round): Generator<readonly OutgoingRecord[]> {
  for (let at = 0; at < records.length; at += batchSize) yield records.slice(at, at + batchSize);
}
