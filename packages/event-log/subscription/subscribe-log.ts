import { setTimeout as sleep } from 'node:timers/promises';
import { type BackOff, backOffMs } from '../adapter/back-off.ts';
import { asEventLogError, EventLogError } from '../port/errors.ts';
import { type SubscribeOptions, type Subscription } from '../port/event-log.ts';
import { coalesce } from './coalesce.ts';
import { createHeldPartitions, type Held } from './held-partitions.ts';
import { type Head, type LogSource, partitionName } from '../adapter/log-source.ts';
import { type BatchContext, commitDone, runBatch } from './run-batch.ts';

export interface SubscriptionSettings {
  /** How often a member says that it lives, and hears what has become of its partitions. */
  readonly beatMs: number;
  /** The safety net under the notifications: how often the log's ends are looked at anyway. */
  readonly pollMs: number;
  /** How long `close` waits for batches under way. */
  readonly drainMs: number;
  readonly maxBatchBytes: number;
  readonly backOff: BackOff;
}

/**
 * One member of a group, on any log, in three loops: `beat` says that it lives and settles which partitions are ours, `look`
 * learns where the log ends, and `pump` starts a batch wherever a partition of ours has records and a hand is free.
 */
export async function subscribeLog(
  source: LogSource,
  settings: SubscriptionSettings,
  options: SubscribeOptions,
): Promise<Subscription> {
  const report = options.onError ?? ((error: Error) => process.emitWarning(error));
  const { reader, member } = source;
  const held = createHeldPartitions(report);
  const concurrency = options.concurrency ?? 4;
  const context: BatchContext = {
    reader,
    member,
    limits: { records: options.maxBatchRecords ?? 500, bytes: settings.maxBatchBytes },
    handle: options.handle,
    report,
    lose: held.lose,
  };
  const { gatherMs = 0 } = options;
  const running = new Map<string, Promise<void>>();
  let gathering: NodeJS.Timeout | undefined;
  let state: 'joining' | 'open' | 'draining' | 'ended' = 'joining';
  let paused = false;
  let syncing = false;
  let lastBeatAt = new Date();
  let end: (error?: EventLogError) => void = () => undefined;
  const stopped = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  // Whoever doesn't wait for `stopped` has heard the reason through `onError`.
  stopped.catch(() => undefined);

  function pump(): void {
    // While a heartbeat is under way the database may be giving away what is idle here.
    if (state !== 'open' || paused || syncing) return;
    const ready = held
      .all()
      .filter((one) => one.position < one.end && !one.resting && !one.leaving)
      .filter((one) => !running.has(partitionName(one)))
      .filter(isGathered)
      .sort((a, b) => a.servedAt - b.servedAt);
    for (const one of ready.slice(0, concurrency - running.size)) start(one);
  }

  /** Whether a partition's records have waited long enough for others; where they have not, they are looked at again then. */
  function isGathered(one: Held): boolean {
    if (gatherMs === 0 || one.end - one.position >= context.limits.records) return true;
    const leftMs = one.waitingSince + gatherMs - performance.now();
    if (leftMs <= 0) return true;
    gathering ??= setTimeout(() => {
      gathering = undefined;
      pump();
    }, leftMs);
    return false;
  }

  function start(one: Held): void {
    one.busy = true;
    const batch = runBatch(context, one).then(() => {
      one.busy = false;
      one.servedAt = performance.now();
      one.waitingSince = one.servedAt;
      running.delete(partitionName(one));
      if (one.failures > 0) rest(one);
      if (one.leaving || one.lost) void beat();
      else if (one.position === one.end && !source.tellsEnds) void look();
      pump();
    });
    running.set(partitionName(one), batch);
  }

  function rest(one: Held): void {
    one.resting = true;
    const wake = () => {
      one.resting = false;
      pump();
    };
    setTimeout(wake, backOffMs(settings.backOff, one.failures)).unref();
  }

  const look = coalesce(async () => {
    if (state !== 'open') return;
    try {
      await learn(await reader.heads(options.topics));
    } catch (error) {
      report(asEventLogError(error));
    }
    pump();
  });

  async function learn(heads: readonly Head[]): Promise<void> {
    for (const { held: behind, start: first } of held.advance(heads)) {
      if (!behind.busy) await skipTrimmed(behind, first);
    }
  }

  function hear(heads: readonly Head[] | undefined): void {
    // Trimmed records take a closer look.
    if (heads === undefined || held.advance(heads).length > 0) void look();
    else pump();
  }

  async function skipTrimmed(one: Held, first: bigint): Promise<void> {
    const what = `${partitionName(one)}: offsets ${one.position} to ${first - 1n} were trimmed unread`;
    report(new EventLogError('offset-trimmed', `${what}; group ${options.group} goes on at ${first}`));
    one.done = first;
    await commitDone(context, one);
  }

  async function sync(): Promise<void> {
    syncing = true;
    try {
      const busy = held.all().filter((one) => one.busy);
      const holdings = await member.sync(busy);
      lastBeatAt = new Date();
      if (held.adopt(holdings)) void look();
      // What became idle meanwhile can be given back now.
      if (busy.some((one) => one.leaving && !one.busy)) void beat();
    } finally {
      syncing = false;
    }
  }

  const beat = coalesce(async () => {
    if (state === 'joining' || state === 'ended') return;
    try {
      await sync();
      await Promise.all(held.all().map((one) => commitDone(context, one)));
    } catch (error) {
      const cause = asEventLogError(error);
      report(cause);
      if (!cause.canRetry) finish(cause);
    }
    pump();
  });

  const deafen = await source.listen({
    topics: new Set(options.topics),
    group: options.group,
    onRecords: hear,
    onMembers: () => void beat(),
    onError: report,
    positions: held.all,
  });
  try {
    await sync();
  } catch (error) {
    deafen();
    throw asEventLogError(error);
  }
  state = 'open';
  const timers = [
    setInterval(() => void beat(), settings.beatMs),
    setInterval(() => void look(), settings.pollMs),
  ];
  // What was said while we were joining.
  void beat();
  void look();

  function finish(error?: EventLogError): void {
    state = 'ended';
    timers.forEach((timer) => clearInterval(timer));
    clearTimeout(gathering);
    deafen();
    held.loseAll('the subscription has ended');
    end(error);
  }

  async function shut(): Promise<void> {
    if (state === 'ended') return;
    state = 'draining';
    const impatience = new AbortController();
    await Promise.race([
      Promise.all(running.values()),
      sleep(settings.drainMs, undefined, { signal: impatience.signal, ref: false }),
    ]);
    impatience.abort();
    state = 'ended';
    // No heartbeat may come after the farewell: it would join again.
    await Promise.all([beat(), look()]);
    await member.leave().catch((error: unknown) => report(asEventLogError(error)));
    finish();
  }

  let closing: Promise<void> | undefined;
  return {
    stopped,
    lastBeatAt: () => lastBeatAt,
    assignment: () => held.assignment(),
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      pump();
    },
    close: () => (closing ??= shut()),
  };
}
