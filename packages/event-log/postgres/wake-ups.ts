import { type Listener } from '../adapter/log-source.ts';
import { type LogDatabase } from './database.ts';

/** The payload that says: the connection was replaced, and a notification may have been missed. */
const MISSED = '';

/** One pair of listening connections for all subscriptions of a log. */
export function createWakeUps(database: LogDatabase) {
  const listeners = new Set<Listener>();
  let channels: Promise<(() => Promise<void>)[]> | undefined;

  function listen(): Promise<(() => Promise<void>)[]> {
    return Promise.all([
      database.listen('leakwatch_log', (topic) => {
        for (const listener of listeners)
          if (topic === MISSED || listener.topics.has(topic)) listener.onRecords();
      }),
      database.listen('leakwatch_group', (group) => {
        for (const listener of listeners)
          if (group === MISSED || listener.group === group) listener.onMembers();
      }),
    ]);
  }

  return {
    /** Calls the listener until the returned function is called. */
    async add(listener: Listener): Promise<() => void> {
      channels ??= listen();
      try {
        await channels;
      } catch (error) {
        channels = undefined;
        throw error;
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close(): Promise<void> {
      const open = await channels;
      await Promise.all((open ?? []).map((stop) => stop()));
    },
  };
}
