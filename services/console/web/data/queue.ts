import {
  BulkAnswerSchema,
  BulkPreviewSchema,
  IncidentSchema,
  MoveAnswerSchema,
  QueueChoicesSchema,
  QueueItemSchema,
  QueuePageSchema,
  SavedViewsSchema,
  UndoAnswerSchema,
  type BulkRequest,
  type Incident,
  type Move,
  type MoveRequest,
  type QueueFilter,
  type QueueItem,
  type QueuePage,
  type Selection,
} from '@leakwatch/console/schemas';
import {
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { call } from './call.ts';
import { writeFilter } from './queue-filter.ts';

/** Rows of a page: to read and draw 50 now and then takes a slow machine over 50 ms, which scrolling shows. */
const PAGE = 30;
export const QUEUE_KEY = 'queue';

export type Order = 'time-left' | 'priority' | 'newest';

/** The queue, page by page. It changes only when the analyst asks: rows stay where they are. */
export function useQueue(filter: QueueFilter, order: Order) {
  return useInfiniteQuery({
    queryKey: [QUEUE_KEY, writeFilter(filter).toString(), order],
    initialPageParam: '',
    staleTime: Infinity,
    queryFn: ({ pageParam, signal }) => {
      const params = writeFilter(filter);
      params.set('order', order);
      params.set('limit', String(PAGE));
      if (pageParam !== '') params.set('cursor', pageParam);
      return call(QueuePageSchema, `/v1/incidents?${params.toString()}`, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** The number of incidents that wait for somebody; it is asked again when something happens. */
export function useQueueCount() {
  return useQuery({
    queryKey: ['queue-count'],
    staleTime: 10_000,
    queryFn: ({ signal }) => call(QueuePageSchema, '/v1/incidents?limit=1', { signal }),
    select: ({ total }) => total,
  });
}

export function useChoices() {
  return useQuery({
    queryKey: ['choices'],
    queryFn: ({ signal }) => call(QueueChoicesSchema, '/v1/incidents/choices', { signal }),
  });
}

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => call(IncidentSchema, `/v1/incidents/${id}`, { signal }),
  });
}

/** Incidents of one creator in one campaign, the newest first, whatever their state. */
export function useSameStory({ creator, campaign }: Pick<QueueItem, 'creator' | 'campaign'>) {
  const params = writeFilter({ creator: [creator.id], campaign: [campaign.id], state: ['all'] });
  params.set('order', 'newest');
  return useQuery({
    queryKey: ['same-story', creator.id, campaign.id],
    queryFn: ({ signal }) => call(QueuePageSchema, `/v1/incidents?${params.toString()}`, { signal }),
  });
}

export function loadItem(id: string): Promise<QueueItem> {
  return call(QueueItemSchema, `/v1/incidents/${id}/item`);
}

export function reveal(id: string): Promise<Incident> {
  return call(IncidentSchema, `/v1/incidents/${id}/reveal`, { method: 'POST', body: {} });
}

export function makeMove(id: string, request: MoveRequest) {
  return call(MoveAnswerSchema, `/v1/incidents/${id}/moves`, { method: 'POST', body: request });
}

export function undoMove(id: string) {
  return call(UndoAnswerSchema, `/v1/undo/${id}`, { method: 'POST', body: {} });
}

export function previewBulk(select: Selection, move: Move, signal?: AbortSignal) {
  return call(BulkPreviewSchema, '/v1/bulk/preview', {
    method: 'POST',
    body: { select, move },
    ...(signal === undefined ? {} : { signal }),
  });
}

export function makeBulkMove(request: BulkRequest) {
  return call(BulkAnswerSchema, '/v1/bulk', { method: 'POST', body: request });
}

export function useViews() {
  return useQuery({
    queryKey: ['views'],
    queryFn: ({ signal }) => call(SavedViewsSchema, '/v1/views', { signal }),
  });
}

export async function saveView(client: QueryClient, name: string, filter: QueueFilter): Promise<void> {
  const views = await call(SavedViewsSchema, '/v1/views', { method: 'POST', body: { name, filter } });
  client.setQueryData(['views'], views);
}

export async function dropView(client: QueryClient, name: string): Promise<void> {
  const views = await call(SavedViewsSchema, `/v1/views/${encodeURIComponent(name)}`, { method: 'DELETE' });
  client.setQueryData(['views'], views);
}

/** Puts changed rows into every loaded list, each in its old place and under its old heading. */
export function useReplaceRows(): (rows: readonly QueueItem[]) => void {
  const client = useQueryClient();
  return (rows) => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    client.setQueriesData<InfiniteData<QueuePage>>({ queryKey: [QUEUE_KEY] }, (data) =>
      data === undefined
        ? data
        : {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.map((item) => ({ ...item, ...byId.get(item.id), group: item.group })),
            })),
          },
    );
    for (const { id } of rows) void client.invalidateQueries({ queryKey: ['incident', id] });
    void client.invalidateQueries({ queryKey: ['queue-count'] });
  };
}

/** Loads every list anew: rows may move. */
export function useReloadQueue(): () => void {
  const client = useQueryClient();
  return () => {
    void client.resetQueries({ queryKey: [QUEUE_KEY] });
    void client.invalidateQueries({ queryKey: ['queue-count'] });
    void client.invalidateQueries({ queryKey: ['incident'] });
  };
}
