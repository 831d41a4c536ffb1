import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useRef, useState, type ReactNode } from 'react';
import { RefusedError } from './call.ts';
import { useLiveEvents } from './live.ts';
import { loadItem, QUEUE_KEY, useReloadQueue, useReplaceRows } from './queue.ts';
import { SESSION_KEY } from './query-client.ts';

interface LiveQueue {
  readonly isLive: boolean;
  /** Incidents opened since the queue was loaded; they wait until the analyst asks for them. */
  readonly opened: number;
  readonly showOpened: () => void;
}

const LiveContext = createContext<LiveQueue>({ isLive: true, opened: 0, showOpened: () => undefined });

export function useLiveQueue(): LiveQueue {
  return use(LiveContext);
}

const RESET = 'reset';

/** Changes that bring an incident into the queue. */
const ARRIVALS: ReadonlySet<string> = new Set(['opened', 'reopened', 'regressed']);

/** Keeps loaded rows up to date where they stand, and counts what is new. */
export function LiveQueueProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [isLive, setIsLive] = useState(true);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const replaceRows = useReplaceRows();
  const reload = useReloadQueue();
  const refresh = useOncePerId((id) =>
    loadItem(id).then(
      (item) => replaceRows([item]),
      // The account may not see it, or it is gone: there is no row to refresh.
      (error: unknown) => {
        if (!(error instanceof RefusedError)) throw error;
      },
    ),
  );
  useLiveEvents((event) => {
    switch (event.type) {
      case 'incident':
        if (ARRIVALS.has(event.change)) {
          setOpened((before) => new Set([...before, event.id]));
          void client.invalidateQueries({ queryKey: ['queue-count'] });
        }
        if (event.change !== 'opened') refresh(event.id);
        return;
      case 'reset':
        // New incidents are not known one by one: the list waits to be asked for, everything else loads anew.
        setOpened((before) => new Set([...before, RESET]));
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== QUEUE_KEY });
        return;
      case 'signed-out':
        client.setQueryData(SESSION_KEY, null);
        return;
    }
  }, setIsLive);
  const showOpened = () => {
    setOpened(new Set());
    reload();
  };
  return <LiveContext value={{ isLive, opened: opened.size, showOpened }}>{children}</LiveContext>;
}

const TOGETHER_MS = 300;

/** Runs an action for an id once, however many events come within a moment. */
function useOncePerId(run: (id: string) => Promise<void>): (id: string) => void {
  const waiting = useRef(new Set<string>());
  return (id) => {
    if (waiting.current.has(id)) return;
    waiting.current.add(id);
    setTimeout(() => {
      waiting.current.delete(id);
      void run(id);
    }, TOGETHER_MS);
  };
}
