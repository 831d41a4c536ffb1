import { type LogRecord } from '@leakwatch/event-log';
import { type Queryable } from '@leakwatch/store';
import { putOff, weighLater, type WaitingOfCreator } from '../queries/records-later.ts';

interface RoomLimits {
  readonly records: number;
  readonly bytes: number;
  /** Records of one creator, so that no creator can fill the room. */
  readonly perCreator: number;
}

/** Twenty posts a second for three quarters of an hour, at 20 KB each. */
const LIMITS: RoomLimits = { records: 50_000, bytes: 2 ** 30, perCreator: 500 };
/** What other processes have put off shows after this time. */
const WEIGH_AGAIN_MS = 1_000;

/** Puts a record off for later. False, and not put off, where the room is full or its creator has too many waiting. */
export type PutOff = (waiting: { readonly record: LogRecord; readonly waitsFor: string }) => Promise<boolean>;

/** The room for records that a stage has put off: a table of bounded size. */
export function openWaitingRoom(
  db: Queryable,
  stage: string,
  limits = LIMITS,
  now: () => number = () => performance.now(),
): PutOff {
  let weighedAt = -Infinity;
  let weighing: Promise<void> | null = null;
  let total = { records: 0, bytes: 0 };
  let ofCreator = new Map<string, number>();

  async function weigh(): Promise<void> {
    const creators: WaitingOfCreator[] = await weighLater(db, stage);
    total = { records: 0, bytes: 0 };
    ofCreator = new Map();
    for (const { key, records, bytes } of creators) {
      total.records += records;
      total.bytes += bytes;
      ofCreator.set(key, records);
    }
    weighedAt = now();
  }

  return async (waiting) => {
    if (now() - weighedAt >= WEIGH_AGAIN_MS) {
      weighing ??= weigh().finally(() => {
        weighing = null;
      });
      await weighing;
    }
    const { key, value } = waiting.record;
    const own = ofCreator.get(key) ?? 0;
    const hasRoom =
      own < limits.perCreator &&
      total.records < limits.records &&
      total.bytes + value.byteLength <= limits.bytes;
    if (!hasRoom) return false;
    total = { records: total.records + 1, bytes: total.bytes + value.byteLength };
    ofCreator.set(key, own + 1);
    await putOff(db, stage, waiting);
    return true;
  };
}
