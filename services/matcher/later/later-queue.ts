/**
 * A queue beside the log, for posts whose pictures do not come at once, and for long posts of an author who has had its time. The
 * lane puts such a post off and goes on; here it has all the time that it takes, again and again:
 *
 *   lane ──slow host──▶ put off ──due──▶ tried ──scanned, or a lasting failure──▶ published; row deleted
 *                          ▲               └─slow again──┐
 *                          └── again after a rest ◀──────┴──▶ too often, or too long: dead letter
 *
 * Rows are claimed, so several processes share the queue. A process that ends lets its claims expire.
 */
import {
  processBatch,
  type EventLog,
  type LogRecord,
  type Outcome,
  type SavePayload,
} from '@leakwatch/event-log';
import { pause, startLoop, type Stoppable } from '@leakwatch/runtime';
import { type Queryable } from '@leakwatch/store';
import { claimLater, finishLater, tryLaterAgain, type LaterRecord } from '../queries/records-later.ts';

/** The result of an attempt. */
export interface Attempt {
  readonly outcome: Outcome;
  /** The host that did not answer, if another attempt may help. */
  readonly waitsFor: string | null;
}

export interface LaterQueueOptions {
  readonly db: Queryable;
  readonly log: EventLog;
  readonly stage: string;
  readonly savePayload: SavePayload;
  /** Tries one record, with all the time it may take. */
  readonly attempt: (record: LogRecord, signal: AbortSignal) => Promise<Attempt>;
  /** Hosts known to be away now; records that wait for them are left. */
  readonly away: () => readonly string[];
  readonly pace: LaterPace;
  readonly observe: (outcome: Outcome, record: LogRecord) => void;
  readonly onError: (error: Error) => void;
}

export interface LaterQueue extends Stoppable {
  /** Looks for records that are due now. */
  wake(): void;
}

export interface LaterPace {
  /** Records tried at once, and those that wait for the same. */
  readonly atOnce: number;
  readonly perHost: number;
  /** The rest after an attempt, in lengths of the attempt. */
  readonly rest: number;
}

/** An attempt mostly waits for a host. */
export const FETCH_PACE: LaterPace = { atOnce: 12, perHost: 3, rest: 0 };
/** An attempt takes the processor: three quarters of it stay free for posts that are on time. */
export const WORK_PACE: LaterPace = { atOnce: 1, perHost: 1, rest: 3 };

const POLL_MS = 1_000;
/** Longer than any attempt: three redirects and the wait for room included. */
const CLAIM_MS = 120_000;
/** The rests before the next attempts; after the last one the record is given up. */
const RESTS_MS = [10_000, 60_000, 300_000];
/** A record whose host is away for so long is given up at its next attempt. */
const GIVE_UP_AFTER_MS = 15 * 60_000;

export function startLaterQueue(options: LaterQueueOptions): LaterQueue {
  const { db, stage, pace } = options;
  const stopping = new AbortController();
  const running = new Map<LaterRecord, Promise<void>>();

  const busyHosts = (): string[] => {
    const hosts = [...running.keys()].map(({ waitsFor }) => waitsFor);
    return hosts.filter((host) => hosts.filter((other) => other === host).length >= pace.perHost);
  };

  const run = async (one: LaterRecord) => {
    try {
      await tryOne(one, options, stopping.signal);
    } catch (error) {
      // Its claim expires, and it is tried again. A stop gives it back at once.
      if (stopping.signal.aborted) await tryLaterAgain(db, stage, one, 0);
      else throw error;
    }
  };

  const start = (one: LaterRecord) => {
    const startedAt = performance.now();
    const work = run(one)
      .then(() => pause(pace.rest * (performance.now() - startedAt), stopping.signal))
      .catch((error: unknown) => options.onError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        running.delete(one);
        loop.wake();
      });
    running.set(one, work);
  };

  const loop = startLoop({
    turn: async (signal) => {
      if (signal.aborted || running.size >= pace.atOnce) return false;
      const claimed = await claimLater(db, stage, {
        limit: pace.atOnce - running.size,
        perHost: pace.perHost,
        busy: busyHosts(),
        away: options.away(),
        giveUpMs: GIVE_UP_AFTER_MS,
        claimMs: CLAIM_MS,
      });
      for (const one of claimed) start(one);
      return false;
    },
    pollMs: POLL_MS,
    onError: options.onError,
  });
  return {
    name: `${stage} later`,
    wake: () => loop.wake(),
    stop: async () => {
      await loop.stop();
      stopping.abort(new Error('stopping'));
      await Promise.all(running.values());
    },
  };
}

async function tryOne(one: LaterRecord, options: LaterQueueOptions, signal: AbortSignal): Promise<void> {
  const { db, stage, log, savePayload, observe } = options;
  const { record } = one;
  const attempt = await options.attempt(record, signal);
  if (attempt.waitsFor !== null) {
    const rest = RESTS_MS[one.attempts - 1];
    const waitedMs = Date.now() - one.firstFailedAt.getTime();
    if (rest !== undefined && waitedMs < GIVE_UP_AFTER_MS) {
      await tryLaterAgain(
        db,
        stage,
        { record, attempts: one.attempts + 1, waitsFor: attempt.waitsFor },
        rest,
      );
      return;
    }
  }
  await processBatch(
    { topic: record.topic, partition: record.partition, records: [record], signal, done: () => undefined },
    {
      ...{ log, stage, savePayload, observe, maxAttempts: 1 },
      earlier: { attempts: one.attempts, firstFailedAt: one.firstFailedAt },
      process: () => Promise.resolve([attempt.outcome]),
    },
  );
  await finishLater(db, stage, record);
}
