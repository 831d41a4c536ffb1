import { backOffMs, type BackOff } from '@leakwatch/runtime/waiting';
import { partitionName } from '../adapter/log-source.ts';
import { chooseBatches } from './choose-batches.ts';
import { type Held, type HeldPartitions, moveHeld } from './held-partitions.ts';
import { type BatchContext, runBatch } from './run-batch.ts';

export interface BatchStarterOptions {
  readonly context: BatchContext;
  readonly held: HeldPartitions;
  readonly concurrency: number;
  readonly gatherMs: number;
  /** The rest of a partition whose batch failed. */
  readonly backOff: BackOff;
  /** Whether batches may start now. */
  readonly mayStart: () => boolean;
  /** Hears of each batch that is over, before the next ones start. */
  readonly onOver: (held: Held) => void;
  /** Runs a task later. Such a task must not keep the process alive. */
  readonly after?: (ms: number, task: () => void) => void;
}

/** Starts a batch wherever a partition has records and there is room for one more. */
export function createBatchStarter({
  context,
  held,
  concurrency,
  gatherMs,
  ...options
}: BatchStarterOptions) {
  const running = new Map<string, Promise<void>>();
  let gathering: NodeJS.Timeout | undefined;
  const { after = afterUnreffed } = options;

  function startReady(): void {
    if (!options.mayStart()) return;
    const { ready, againInMs } = chooseBatches(held.all(), {
      running: new Set(running.keys()),
      concurrency,
      gatherMs,
      batchRecords: context.limits.records,
      now: performance.now(),
    });
    if (againInMs !== undefined) {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        startReady();
      }, againInMs);
    }
    for (const one of ready) start(one);
  }

  function start(one: Held): void {
    moveHeld(one, 'begin');
    const batch = runBatch(context, one).then(() => {
      running.delete(partitionName(one));
      one.servedAt = performance.now();
      one.waitingSince = one.servedAt;
      if (one.state !== 'lost') settle(one);
      options.onOver(one);
      startReady();
    });
    running.set(partitionName(one), batch);
  }

  function settle(one: Held): void {
    if (one.failures === 0) {
      moveHeld(one, 'finish');
      return;
    }
    moveHeld(one, 'fail');
    const wake = () => {
      if (one.state === 'lost') return;
      moveHeld(one, 'wake');
      startReady();
    };
    after(backOffMs(options.backOff, one.failures), wake);
  }

  return {
    startReady,
    /** Resolves when the batches that are under way now are over. */
    async allOver(): Promise<void> {
      await Promise.all(running.values());
    },
    /** Forgets the records that wait for company. */
    stop(): void {
      clearTimeout(gathering);
    },
  };
}

function afterUnreffed(ms: number, task: () => void): void {
  setTimeout(task, ms).unref();
}
