import { type BackOff, pause } from '@leakwatch/runtime/waiting';
import { type LogSource } from '../adapter/log-source.ts';
import { asEventLogError, type EventLogError } from '../port/errors.ts';
import { type SubscribeOptions, type Subscription } from '../port/event-log.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createHeldPartitions } from './held-partitions.ts';
import { type BatchContext } from './run-batch.ts';
import { createBatchStarter } from './start-batches.ts';
import { createSubscriptionState } from './subscription-state.ts';
import { createEndWatch } from './watch-ends.ts';

export interface SubscriptionSettings {
  /** The rest between two heartbeats. */
  readonly beatMs: number;
  /** The rest between two looks at the log's ends: the safety net under notifications. */
  readonly pollMs: number;
  /** How long `close` waits for batches under way. */
  readonly drainMs: number;
  readonly maxBatchBytes: number;
  readonly backOff: BackOff;
}

/**
 * One member of a group, on any log. Its states stand in subscription-state.ts. Three parts share the work:
 * the heartbeat settles which partitions are ours, the watch learns where the log ends, and the starter runs batches.
 */
export async function subscribeLog(
  source: LogSource,
  settings: SubscriptionSettings,
  options: SubscribeOptions,
): Promise<Subscription> {
  const report = options.onError ?? ((error: Error) => process.emitWarning(error));
  const state = createSubscriptionState();
  const { stopped, settle } = createStopped();
  const held = createHeldPartitions(report);
  const context: BatchContext = {
    reader: source.reader,
    member: source.member,
    limits: { records: options.maxBatchRecords ?? 500, bytes: settings.maxBatchBytes },
    handle: options.handle,
    report,
    lose: held.lose,
  };
  const batches = createBatchStarter({
    context,
    held,
    concurrency: options.concurrency ?? 4,
    gatherMs: options.gatherMs ?? 0,
    backOff: settings.backOff,
    mayStart: () => state.is('open') && !heartbeat.isSyncing(),
    onOver(one) {
      if (one.leaving || one.state === 'lost') heartbeat.wake();
      else if (one.cutAt !== null || (one.position === one.end && !source.tellsEnds)) ends.wake();
    },
  });
  const heartbeat = createHeartbeat({
    member: source.member,
    held,
    context,
    beatMs: settings.beatMs,
    isMember: () => state.is('open', 'paused', 'draining'),
    onGrown: () => ends.wake(),
    onOver: batches.startReady,
    onRefused: (error) => end(error),
  });
  const ends = createEndWatch({
    topics: options.topics,
    group: options.group,
    held,
    context,
    pollMs: settings.pollMs,
    isWanted: () => state.is('open', 'paused'),
    onLearned: batches.startReady,
  });

  const stopListening = await source.listen({
    topics: new Set(options.topics),
    group: options.group,
    onRecords: (heads) => ends.hear(heads),
    onMembers: heartbeat.wake,
    onError: report,
    positions: held.all,
  });
  try {
    await heartbeat.join();
  } catch (error) {
    state.on('fail');
    stopListening();
    throw asEventLogError(error);
  }
  state.on('joined');
  // Both loops begin with a turn, which finds what was said while we were joining.
  heartbeat.start();
  ends.start();

  function end(error?: EventLogError): void {
    if (state.is('ended')) return;
    state.on(error === undefined ? 'left' : 'fail');
    void heartbeat.stop();
    void ends.stop();
    batches.stop();
    stopListening();
    held.loseAll('the subscription has ended');
    settle(error);
  }

  async function shut(): Promise<void> {
    if (state.is('ended')) return;
    state.on('close');
    await within(settings.drainMs, batches.allOver());
    if (state.is('ended')) return;
    state.on('drained');
    await Promise.all([heartbeat.stop(), ends.stop()]);
    await source.member.leave().catch((error: unknown) => report(asEventLogError(error)));
    end();
  }

  let closing: Promise<void> | undefined;
  return {
    stopped,
    lastBeatAt: heartbeat.lastAt,
    delays: () => ({
      beat: heartbeat.delay(),
      look: ends.delay(),
      progress: state.is('open') ? held.delay() : { forMs: 0, reason: null },
    }),
    assignment: () => held.assignment(),
    pause() {
      if (state.is('open')) state.on('pause');
    },
    resume() {
      if (!state.is('paused')) return;
      state.on('resume');
      batches.startReady();
    },
    close: () => (closing ??= shut()),
  };
}

/** The promise of a subscription's end. */
function createStopped(): { stopped: Promise<void>; settle: (error?: EventLogError) => void } {
  let settle: (error?: EventLogError) => void = () => undefined;
  const stopped = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  // `onError` has told the reason: a caller need not wait for `stopped`.
  stopped.catch(() => undefined);
  return { stopped, settle: (error) => settle(error) };
}

/** Resolves when the work is over, or after `ms`. The work must not reject. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, pause(ms, over.signal)]);
  over.abort();
}
