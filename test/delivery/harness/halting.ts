/**
 * Stops real services between two of their steps, so that a test kills a process that has done exactly the steps before.
 * Log and store are real.
 */
import { type Batch, type EventLog } from '@leakwatch/event-log';
import { type Store } from '@leakwatch/store';
import { z } from 'zod';

/** Points between steps, in the order in which a service passes them. */
export const HaltPointSchema = z.enum([
  /** A batch has arrived and is untouched. */
  'before-handling',
  /** Records are about to be appended. */
  'before-publish',
  /** Records are in the log, and their publisher has no answer yet. */
  'after-publish',
  /** Postgres has committed a transaction, and its client has no answer yet. */
  'after-transaction',
  /** A batch's effects are durable and its offset is not committed. */
  'before-commit',
]);
export type HaltPoint = z.infer<typeof HaltPointSchema>;

/** Called at each point; a promise that never resolves holds the service there. */
export type Pass = (point: HaltPoint) => Promise<void>;

export interface Observer {
  readonly pass: Pass;
  readonly onBatch: (group: string, batch: Batch) => void;
  readonly onLogError: (group: string, error: Error) => void;
  readonly onJoined: (group: string, assignment: () => ReadonlyMap<string, readonly number[]>) => void;
}

/** This reader notes creators and draws samples. No leak passes through it, so no test halts it. */
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
