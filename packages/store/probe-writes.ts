import { type Database } from './queryable.ts';

/** Enough for the table to need new room, so that a full disk shows. */
const PROBE_BYTES = 65_536;
/** Health checks may ask every second, from several places: they share one answer. */
const ANSWER_FOR_MS = 10_000;

class TakenBack extends Error {}

/** Gives a check that rejects where the database takes no writes. It leaves nothing behind. */
export function createWriteProbe(
  database: Pick<Database, 'transaction'>,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let last: { readonly at: number; readonly answer: Promise<void> } | null = null;
  return () => {
    if (last === null || now() - last.at >= ANSWER_FOR_MS) last = { at: now(), answer: probe(database) };
    return last.answer;
  };
}

async function probe(database: Pick<Database, 'transaction'>): Promise<void> {
  try {
    await database.transaction(async (tx) => {
      await tx.query('INSERT INTO write_probe (bytes) VALUES ($1)', [Buffer.alloc(PROBE_BYTES)]);
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
}
