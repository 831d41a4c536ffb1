import {
  ContentSchema,
  DraftCheckSchema,
  DraftSchema,
  ListChangesSchema,
  RosterSchema,
  SavedVersionSchema,
  TriedPictureSchema,
  UploadedPictureSchema,
  WatchedCreatorsSchema,
  type Draft,
  type Edits,
  type RosterField,
} from '@leakwatch/console/schemas';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { call } from './call.ts';

const ROOT = '/v1/watch-list';
const DRAFT = `${ROOT}/draft`;

export function useContent() {
  const path = `${ROOT}/content`;
  return useQuery({ queryKey: [path], queryFn: ({ signal }) => call(ContentSchema, path, { signal }) });
}

export function useDraft() {
  return useQuery({ queryKey: [DRAFT], queryFn: ({ signal }) => call(DraftSchema, DRAFT, { signal }) });
}

/** Takes a draft for the server's, and forgets what was computed from the one before. */
export function noteDraft(client: QueryClient, draft: Draft): void {
  client.setQueryData([DRAFT], draft);
  void client.invalidateQueries({ queryKey: [`${DRAFT}/check`] });
  void client.invalidateQueries({ queryKey: [`${ROOT}/creators`] });
}

/** @param seen - the draft's `updatedAt` as this window saw it: another window's draft is not overwritten */
export function putDraft(base: number, edits: Edits, seen: string | null): Promise<Draft> {
  return call(DraftSchema, DRAFT, { method: 'PUT', body: { base, edits, seen } });
}

/** Checks the draft again whenever it is kept. */
export function useDraftCheck(updatedAt: string | null) {
  return useQuery({
    queryKey: [`${DRAFT}/check`, updatedAt],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call(DraftCheckSchema, `${DRAFT}/check`, { method: 'POST', body: {}, signal }),
  });
}

export function useDiscardDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(DraftSchema, DRAFT, { method: 'DELETE' }),
    onSuccess: (draft) => noteDraft(client, draft),
  });
}

export function useSaveDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly note: string; readonly seen: string | null }) =>
      call(SavedVersionSchema, `${DRAFT}/save`, { method: 'POST', body }),
    // Refused over a newer version: the page shows whose it is.
    onSettled: () => refetchDraft(client),
  });
}

/** Loads everything about the watch list again. */
export function refetchDraft(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [key] }) => typeof key === 'string' && key.startsWith(ROOT),
  });
}

export function useWatchedCreators(q: string, updatedAt: string | null) {
  const path = `${ROOT}/creators?${new URLSearchParams({ q }).toString()}`;
  return useQuery({
    queryKey: [`${ROOT}/creators`, q, updatedAt],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call(WatchedCreatorsSchema, path, { signal }),
  });
}

export function useVersionChanges(version: number, isOpen: boolean) {
  const path = `${ROOT}/versions/${version}/changes`;
  return useQuery({
    queryKey: [path],
    enabled: isOpen,
    queryFn: ({ signal }) => call(ListChangesSchema, path, { signal }),
  });
}

/** Makes a draft that goes back to a version. */
export function useDraftOfVersion() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      call(DraftSchema, `${ROOT}/versions/${version}/draft`, { method: 'POST', body: {} }),
    onSuccess: (draft) => noteDraft(client, draft),
  });
}

export function uploadPicture(file: File) {
  const path = `${ROOT}/pictures?${new URLSearchParams({ name: file.name }).toString()}`;
  return call(UploadedPictureSchema, path, { method: 'POST', bytes: file });
}

export function pictureAddress(sha256: string, width: number): string {
  return `${ROOT}/pictures/${sha256}?width=${width}`;
}

export function tryPicture(file: File, ofDraft: boolean) {
  return call(TriedPictureSchema, `${ROOT}/try-picture?draft=${ofDraft}`, { method: 'POST', bytes: file });
}

export function readRoster(roster: {
  readonly csv: string;
  readonly mapping?: readonly (RosterField | null)[];
  readonly take: boolean;
}) {
  return call(RosterSchema, `${ROOT}/roster`, { method: 'POST', body: roster });
}
