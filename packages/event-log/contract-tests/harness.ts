import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LetterDatabase } from '../dead-letters/index.ts';
import { type EventLog, type LogRecord, type OutgoingRecord } from '../port/event-log.ts';

/** An adapter under test. */
export interface EventLogHarness {
  createTopic(topic: string, partitions: number): Promise<void>;
  /** Opens a client as another process would. The suite closes it. Leases should last a few seconds at most. */
  open(): Promise<EventLog>;
  /** A database with migration 000005. It records the replays of dead letters, whichever log is used. */
  readonly letters: LetterDatabase;
  /** How a child process opens the log: the address of a module, and the JSON argument of its `openEventLog`. */
  readonly child: { readonly module: string; readonly options: unknown };
  close(): Promise<void>;
}

/** A name for a topic or group that no other test uses. */
export function uniqueName(what: string): string {
  return `${what}-${randomUUID().slice(0, 8)}`;
}

/** Ends a hang. It measures nothing. */
const BOUND_MS = 60_000;

/** Resolves when the condition holds. */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + BOUND_MS;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`waited ${BOUND_MS} ms in vain for: ${what}`);
    await sleep(10);
  }
}

/** A promise that the test resolves, for a handler that waits. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

export function textRecord(topic: string, key: string, text: string): OutgoingRecord {
  return { topic, key, value: Buffer.from(text), headers: {} };
}

/** `count` records over `keys` keys, numbered per key: `creator-2#5` is the sixth of its creator. */
export function numberedRecords(topic: string, count: number, keys: number): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const key = `creator-${index % keys}`;
    return textRecord(topic, key, `${key}#${Math.floor(index / keys)}`);
  });
}

export function textOf(record: Pick<LogRecord, 'value'>): string {
  return Buffer.from(record.value).toString();
}

export async function readAll(batches: AsyncIterable<readonly LogRecord[]>): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return records;
}

/** Whether a group has committed everything that is in the topic. */
export async function isCaughtUp(log: EventLog, group: string, topic: string): Promise<boolean> {
  const committed = await log.committedOffsets(group, topic);
  const ends = await log.endOffsets(topic);
  return [...ends].every(([partition, end]) => (committed.get(partition) ?? 0n) === end);
}
