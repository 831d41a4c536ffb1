import { type EventLog } from '@leakwatch/event-log';
import { startLoop } from '@leakwatch/runtime';
import { type Pacer } from './pacer.ts';

/** The consumers of live posts. Alerting is one of them: re-scans publish to the topic it reads. */
const LIVE: readonly { group: string; topic: string }[] = [
  { group: 'matcher-text', topic: 'posts' },
  { group: 'matcher-image', topic: 'posts' },
  { group: 'alerting', topic: 'detections' },
];

const LOOK_MS = 500;
/** Even a system that lags for days makes some progress with its history. */
const LOWEST_SHARE = 0.01;

/**
 * Gives the share until the next look. It halves while live consumers lag too far, then rises by a quarter of the
 * maximum at a time. Additive rises with multiplicative falls settle (Chiu and Jain, 1989).
 */
export function nextShare(
  share: number,
  { lag, liveLag, most }: { lag: number; liveLag: number; most: number },
): number {
  if (lag > liveLag) return Math.max(Math.min(LOWEST_SHARE, most), share / 2);
  return Math.min(most, share + most / 4);
}

export interface LiveLoadWatch {
  stop(): Promise<void>;
}

/** Sets the re-scans' share by the lag of live consumers, while `isNeeded`. */
export function watchLiveLoad(
  log: Pick<EventLog, 'endOffsets' | 'committedOffsets'>,
  pacer: Pacer,
  options: {
    share: number;
    liveLag: number;
    isNeeded: () => boolean;
    onShare: (share: number) => void;
    onError: (error: Error) => void;
  },
): LiveLoadWatch {
  const { share: most, liveLag, isNeeded, onShare, onError } = options;
  const look = async () => {
    const lag = Math.max(...(await Promise.all(LIVE.map((one) => lagOf(log, one)))));
    pacer.setShare(nextShare(pacer.share(), { lag, liveLag, most }));
    onShare(pacer.share());
  };
  const loop = startLoop({
    turn: async (stopping) => {
      if (!stopping.aborted && isNeeded()) await look();
      return false;
    },
    pollMs: LOOK_MS,
    onError,
  });
  return { stop: () => loop.stop() };
}

/** Counts the records that a group has not committed. A group that never committed anything does not run, so it has no lag. */
async function lagOf(
  log: Pick<EventLog, 'endOffsets' | 'committedOffsets'>,
  { group, topic }: { group: string; topic: string },
): Promise<number> {
  const [ends, committed] = await Promise.all([log.endOffsets(topic), log.committedOffsets(group, topic)]);
  if (committed.size === 0) return 0;
  let records = 0n;
  for (const [partition, end] of ends) records += end - (committed.get(partition) ?? end);
  return Number(records);
}
