import { type EventLog } from '@leakwatch/event-log';
import { toError } from '@leakwatch/runtime';
import { type Pacer } from './pacer.ts';

/** Who works for live posts. What a re-scan finds goes through alerting, too, so that it can't fill the way to it. */
const LIVE: readonly { group: string; topic: string }[] = [
  { group: 'matcher-text', topic: 'posts' },
  { group: 'matcher-image', topic: 'posts' },
  { group: 'alerting', topic: 'detections' },
];

const LOOK_MS = 500;
/** Even a system that is behind for days gets on with its history, a little. */
const LOWEST_SHARE = 0.01;

/**
 * The share for the time until the next look: halved while live consumers are further behind than they may be, and given back by a
 * quarter at a time once they are not (additive rises and multiplicative falls settle; Chiu and Jain, 1989).
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

/** Watches how far live consumers are behind, and sets the re-scans' share by it while `isNeeded`. */
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
  let looking = Promise.resolve();
  const look = async () => {
    const lag = Math.max(...(await Promise.all(LIVE.map((one) => lagOf(log, one)))));
    pacer.setShare(nextShare(pacer.share(), { lag, liveLag, most }));
    onShare(pacer.share());
  };
  const timer = setInterval(() => {
    if (isNeeded()) looking = looking.then(look).catch((error: unknown) => onError(toError(error)));
  }, LOOK_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Records that a group has not committed; a group that has never committed anything is nobody's. */
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
