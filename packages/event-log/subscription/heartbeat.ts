import { type Loop, startLoop } from '@leakwatch/runtime/waiting';
import { type GroupMember } from '../adapter/log-source.ts';
import { startDelayClock } from './delay-clock.ts';
import { asEventLogError, type EventLogError } from '../port/errors.ts';
import { type HeldPartitions } from './held-partitions.ts';
import { type BatchContext, commitDone } from './run-batch.ts';

export interface HeartbeatOptions {
  readonly member: GroupMember;
  readonly held: HeldPartitions;
  readonly context: BatchContext;
  readonly beatMs: number;
  /** Whether this member still is in its group. */
  readonly isMember: () => boolean;
  /** Partitions have come to this member. */
  readonly onGrown: () => void;
  /** A heartbeat is over, well or not: batches may start again. */
  readonly onOver: () => void;
  /** The log has refused this member, and will do so again. */
  readonly onRefused: (error: EventLogError) => void;
}

/** Tells the log that this member lives, and learns which partitions it holds. */
export function createHeartbeat({ member, held, context, ...options }: HeartbeatOptions) {
  let loop: Loop | undefined;
  let lastAt = new Date();
  const clock = startDelayClock();
  let isSyncing = false;

  async function sync(): Promise<void> {
    isSyncing = true;
    try {
      const busy = held.all().filter((one) => one.state === 'busy');
      const holdings = await member.sync(busy);
      lastAt = new Date();
      clock.happened();
      if (held.adopt(holdings)) options.onGrown();
      // Those that became idle meanwhile can be given back now.
      if (busy.some((one) => one.leaving && one.state !== 'busy')) loop?.wake();
    } finally {
      isSyncing = false;
    }
  }

  async function beat(): Promise<boolean> {
    if (!options.isMember()) return false;
    try {
      await sync();
      await Promise.all(held.all().map((one) => commitDone(context, one)));
    } catch (error) {
      const cause = asEventLogError(error);
      clock.failed(cause);
      context.report(cause);
      if (!cause.canRetry) options.onRefused(cause);
    }
    options.onOver();
    return false;
  }

  return {
    /** The first heartbeat, by which the member joins. @throws whatever the log throws */
    join: sync,
    start(): void {
      loop = startLoop({
        turn: beat,
        pollMs: options.beatMs,
        onError: (error) => context.report(asEventLogError(error)),
      });
    },
    /** Beats soon. */
    wake: () => loop?.wake(),
    /** Resolves when no heartbeat is under way and none will follow. */
    stop: () => loop?.stop() ?? Promise.resolve(),
    lastAt: () => lastAt,
    delay: clock.read,
    /** While it is true, the log may be giving away what is idle here. */
    isSyncing: () => isSyncing,
  };
}
