import { type QueryClient } from '@tanstack/react-query';

/** The place in the queue: the page of an incident leads on from there. */
interface QueuePlace {
  readonly cursor: string | null;
  readonly ids: readonly string[];
}

const KEY = ['queue-place'];

export function rememberPlace(client: QueryClient, place: QueuePlace): void {
  client.setQueryDefaults(KEY, { gcTime: Infinity });
  client.setQueryData(KEY, place);
}

export function rememberedPlace(client: QueryClient): QueuePlace {
  return client.getQueryData<QueuePlace>(KEY) ?? { cursor: null, ids: [] };
}
