/**
 * Real services over a real log and store, stopped between two of their steps: what a test then kills is a process that has
 * done exactly so much and no more.
 */
import { type Batch, type EventLog } from '@leakwatch/event-log';
import { type Store } from '@leakwatch/store';
import { z } from 'zod';

/** Between which steps. In the order in which a service comes through them. */
export const HaltPointSchema = z.enum([
  /** A batch has come and nothing has been done with it. */
  'before-handling',
  /** Records are about to be appended. */
  'before-publish',
  /** They are in the log, and whoever published them does not know it. */
  'after-publish',
  /** A transaction of Postgres has been committed, and whoever made it does not know it. */
  'after-transaction',
  /** A batch's effects are durable and its offset is not committed. */
  'before-commit',
]);
export type HaltPoint = z.infer<typeof HaltPointSchema>;

/** Called wherever a service comes by; a promise that never resolves holds it there. */
export type Pass = (point: HaltPoint) => Promise<void>;

export interface Observer {
  readonly pass: Pass;
  readonly onBatch: (group: string, batch: Batch) => void;
  readonly onLogError: (group: string, error: Error) => void;
  readonly onJoined: (group: string, assignment: () => ReadonlyMap<string, readonly number[]>) => void;
}

/** It notes who was heard and draws samples: no leak goes through it, and nothing halts in it. */
const BESIDE = 'alerting-posts';

export function observeLog(log: EventLog, { pass, onBatch, onLogError, onJoined }: Observer): EventLog {
  return {
    ...log,
    async publish(records) {
      await pass('before-publish');
      await log.publish(records);
      await pass('after-publish');
    },
    async subscribe(options) {
      const subscription = await log.subscribe({
        ...options,
        async handle(batch) {
          if (options.group === BESIDE) return options.handle(batch);
          await pass('before-handling');
          await options.handle(batch);
          onBatch(options.group, batch);
          await pass('before-commit');
        },
        onError(error) {
          onLogError(options.group, error);
          options.onError?.(error);
        },
      });
      onJoined(options.group, () => subscription.assignment());
      return subscription;
    },
  };
}

export function observeStore(store: Store, pass: Pass): Store {
  return {
    ...store,
    async transaction(work) {
      const result = await store.transaction(work);
      await pass('after-transaction');
      return result;
    },
  };
}
