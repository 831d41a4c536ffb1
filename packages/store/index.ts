export * from './alerting-queries.ts';
export * from './canary-queries.ts';
export * from './rescan-queries.ts';
export * from './review-queries.ts';
export { type Store } from './assemble-store.ts';
export { followWatchList, type WatchListFollower } from './follow-watch-list.ts';
export { migrate } from './migrate.ts';
export { openStore, type OpenStoreOptions } from './open-store.ts';
export { keepBytes } from './queries/keep-bytes.ts';
export { loadBlob, type StoredBlob } from './queries/load-blob.ts';
export { loadCurrentWatchList, loadWatchListVersion } from './queries/load-watch-list.ts';
export { loadWatchListAge, type WatchListAge } from './queries/load-watch-list-age.ts';
export { saveBlob } from './queries/save-blob.ts';
export { saveWatchList, WATCH_LIST_CHANNEL } from './queries/save-watch-list.ts';
export { deleteWebhookDeliveries } from './queries/delete-webhook-deliveries.ts';
export { loadSource } from './queries/load-source.ts';
export { loadWebhookDelivery } from './queries/load-webhook-delivery.ts';
export { lockPostThreads, type PostThreadState } from './queries/lock-post-threads.ts';
export { recordPostThreads } from './queries/record-post-threads.ts';
export {
  deleteProcessReport,
  forgetProcessReports,
  listProcessReports,
  saveProcessReport,
  type OwnProcessReport,
  type ProcessReport,
  type ProcessStanding,
} from './queries/process-report.ts';
export { registerSource, type RegisteredSource } from './queries/register-source.ts';
export { saveSourceCheckpoint } from './queries/save-source-checkpoint.ts';
export { saveWebhookDelivery } from './queries/save-webhook-delivery.ts';
export { type NamedQuery, type QueryAnswer, type Queryable } from './queryable.ts';
export { parseRows } from './parse-rows.ts';
export { StoreError, type StoreErrorCode } from './store-error.ts';
export { toStoreError } from './to-store-error.ts';
