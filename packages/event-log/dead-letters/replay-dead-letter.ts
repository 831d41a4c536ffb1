import { type DeadLetter, EVENTS } from '@leakwatch/contracts';
import { decodeEvent } from '../events/cloud-events.ts';
import { type EventLog } from '../port/event-log.ts';
import { DEAD_LETTERS, foldDeadLetters, type LetterSummary } from './fold-dead-letters.ts';
import { type LetterDatabase } from './list-dead-letters.ts';
import { replayHeaders } from './replay-headers.ts';

/**
 * Reasons to refuse a replay:
 * - `not-found`: no letter has this id.
 * - `already-replayed`: the newest letter has been replayed, and has not failed again since.
 * - `replay-under-way`: another replay of the letter is under way.
 * - `payload-missing`: the blob with its bytes is no longer kept.
 * - `needs-source`: the letter comes from a source, and the caller gave no `takeAgain`.
 */
export type ReplayErrorCode =
  'not-found' | 'already-replayed' | 'replay-under-way' | 'payload-missing' | 'needs-source';

export class ReplayError extends Error {
  override readonly name = 'ReplayError';
  readonly code: ReplayErrorCode;

  constructor(code: ReplayErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface ReplayLetterOptions {
  /** Loads a payload that was too large for its letter; null where it is gone. */
  readonly loadPayload: (sha256: string) => Promise<Uint8Array | null>;
  /**
   * Takes a payload in again as its source would hand it over. Needed for letters that come from a source. The
   * letter stays open if this rejects.
   */
  readonly takeAgain?: (letter: DeadLetter, payload: Uint8Array) => Promise<void>;
}

/** A claim expires after this time: its process died before it finished. */
const CLAIM_SECONDS = 60;

/**
 * Replays a dead letter: its record goes back to its topic with key, bytes and headers. A header names the stage
 * that gave up, so that the topic's other groups skip the record. Of two replays at the same time one is
 * refused.
 *
 * @throws ReplayError
 */
export async function replayDeadLetter(
  log: EventLog,
  db: LetterDatabase,
  id: string,
  options: ReplayLetterOptions,
): Promise<DeadLetter> {
  const summary = (await foldDeadLetters(log)).get(id);
  if (summary === undefined) throw new ReplayError('not-found', `there is no dead letter ${id}`);
  await claim(db, summary);
  try {
    const letter = await readLetter(log, summary);
    await tryAgain(log, letter, options);
    await db.query('update dead_letter_replay set replayed_at = now() where id = $1 and letter_offset = $2', [
      id,
      String(summary.offset),
    ]);
    return letter;
  } catch (error) {
    await db.query(
      'delete from dead_letter_replay where id = $1 and letter_offset = $2 and replayed_at is null',
      [id, String(summary.offset)],
    );
    throw error;
  }
}

async function claim(db: LetterDatabase, { id, offset }: LetterSummary): Promise<void> {
  const claimed = await db.query(
    `insert into dead_letter_replay as r (id, letter_offset) values ($1, $2)
     on conflict (id, letter_offset) do update set claimed_at = clock_timestamp()
       where r.replayed_at is null and r.claimed_at < clock_timestamp() - make_interval(secs => $3)
     returning 1 as claimed`,
    [id, String(offset), CLAIM_SECONDS],
  );
  if (claimed.rows.length === 1) return;
  const done = await db.query(
    'select 1 as done from dead_letter_replay where id = $1 and letter_offset = $2 and replayed_at is not null',
    [id, String(offset)],
  );
  throw done.rows.length === 1
    ? new ReplayError('already-replayed', `dead letter ${id} has been replayed and has not failed again`)
    : new ReplayError('replay-under-way', `dead letter ${id} is being replayed by another call now`);
}

async function readLetter(log: EventLog, { partition, offset, id }: LetterSummary): Promise<DeadLetter> {
  const ends = await log.endOffsets(DEAD_LETTERS);
  const from = new Map(ends).set(partition, offset);
  const to = new Map(ends).set(partition, offset + 1n);
  for await (const [record] of log.replay({ topic: DEAD_LETTERS, from, to })) {
    if (record !== undefined) return decodeEvent(record, EVENTS.deadLetter);
  }
  throw new ReplayError('not-found', `dead letter ${id} is no longer kept`);
}

async function tryAgain(
  log: EventLog,
  letter: DeadLetter,
  { loadPayload, takeAgain }: ReplayLetterOptions,
): Promise<void> {
  const bytes =
    letter.payload.kind === 'inline'
      ? Buffer.from(letter.payload.base64, 'base64')
      : await loadPayload(letter.payload.sha256);
  if (bytes === null)
    throw new ReplayError('payload-missing', `the bytes of dead letter ${letter.id} are gone`);

  if (letter.origin.kind === 'topic') {
    const { topic, key, headers } = letter.origin;
    await log.publish([{ topic, key, value: bytes, headers: { ...headers, ...replayHeaders(letter) } }]);
  } else if (takeAgain === undefined) {
    throw new ReplayError(
      'needs-source',
      `dead letter ${letter.id} comes from the source ${letter.origin.source}, which must take it in again`,
    );
  } else {
    await takeAgain(letter, bytes);
  }
}
