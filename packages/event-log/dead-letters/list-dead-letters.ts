import { z } from 'zod';
import { type EventLog } from '../port/event-log.ts';
import { foldDeadLetters, type LetterSummary } from './fold-dead-letters.ts';

/** A database with migration 000005: a pool, a client or a transaction. */
export interface LetterDatabase {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A dead letter as people see it. Its payload stays in the log until a replay. */
export interface DeadLetterEntry extends LetterSummary {
  /** `replayed` until a replay fails again: the newer letter opens it. */
  readonly state: 'open' | 'replayed';
}

const ReplayedRow = z.object({ id: z.string(), letter_offset: z.string() });

/** Every dead letter, each id once with its newest letter; oldest failure first. */
export async function listDeadLetters(log: EventLog, db: LetterDatabase): Promise<DeadLetterEntry[]> {
  const letters = await foldDeadLetters(log);
  const { rows } = await db.query(
    'select id, max(letter_offset)::text as letter_offset from dead_letter_replay where replayed_at is not null group by id',
  );
  const replayed = new Map(
    z
      .array(ReplayedRow)
      .parse(rows)
      .map((row) => [row.id, BigInt(row.letter_offset)]),
  );
  return [...letters.values()]
    .map((letter): DeadLetterEntry => {
      const last = replayed.get(letter.id);
      return { ...letter, state: last !== undefined && last >= letter.offset ? 'replayed' : 'open' };
    })
    .sort((a, b) => Date.parse(a.firstFailedAt) - Date.parse(b.firstFailedAt));
}

/** Counts the open dead letters by stage. A call costs only the records that are new in the topic. */
export async function deadLetterDepth(
  log: EventLog,
  db: LetterDatabase,
): Promise<ReadonlyMap<string, number>> {
  const depth = new Map<string, number>();
  for (const { stage, state } of await listDeadLetters(log, db)) {
    depth.set(stage, (depth.get(stage) ?? 0) + (state === 'open' ? 1 : 0));
  }
  return depth;
}
