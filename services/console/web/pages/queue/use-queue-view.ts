import { type QueueFilter } from '@leakwatch/console/schemas';
import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { type Order } from '../../data/queue.ts';
import { readFilter, readSecrets, splitFilter, writeFilter } from '../../data/queue-filter.ts';

const ORDERS: readonly Order[] = ['time-left', 'priority', 'newest'];

export interface QueueView {
  readonly filter: QueueFilter;
  readonly order: Order;
  readonly show: (filter: QueueFilter, order?: Order) => void;
}

/** The filter and the order of the queue. They stand in the page's address, but for names that may be secret. */
export function useQueueView(): QueueView {
  const search = useSearch();
  const state: unknown = useHistoryState();
  const [, navigate] = useLocation();
  const { filter, order } = useMemo(() => {
    const params = new URLSearchParams(search);
    return {
      filter: readFilter(params, readSecrets(state)),
      order: ORDERS.find((one) => one === params.get('order')) ?? 'time-left',
    };
  }, [search, state]);
  const show = (next: QueueFilter, nextOrder = order) => {
    const { open, secrets } = splitFilter(next);
    const params = writeFilter(open);
    if (nextOrder !== 'time-left') params.set('order', nextOrder);
    const text = params.toString();
    navigate(text === '' ? '/queue' : `/queue?${text}`, { state: secrets });
  };
  return { filter, order, show };
}
