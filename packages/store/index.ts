export { type Store } from './assemble-store.ts';
export { isDatabaseUrl } from './database-address.ts';
export { findInstalledPostgres } from './embedded/binaries.ts';
export { followWatchList, type WatchListFollower } from './follow-watch-list.ts';
export { countMissingMigrations, migrate } from './migrate.ts';
export { openStore, type OpenStoreOptions } from './open-store.ts';
export { parseRows } from './parse-rows.ts';
export { type Database, type NamedQuery, type Queryable, type QueryAnswer } from './queryable.ts';
export { StoreError, type StoreErrorCode } from './store-error.ts';
export { toStoreError } from './to-store-error.ts';
export {
  keepEvidenceBlobs,
  keepEvidenceBytes,
  keepEvidenceMedia,
  type BytesToKeep,
  type MediaToKeep,
} from './queries/evidence-keep-bytes.ts';
export {
  beginErasure,
  creatorSubject,
  findErased,
  finishErasure,
  type ErasureRequest,
  type ErasureTarget,
} from './queries/erasures.ts';
export { eraseCreatorFromVersions } from './queries/erase-from-versions.ts';
export { deleteBlobs, forgetBlobs } from './queries/forget-blobs.ts';
export { keepBytes } from './queries/keep-bytes.ts';
export { listDataKeys, type DataKeyStanding } from './sealing/data-keys.ts';
export { inventMasterKey, type MasterKey } from './sealing/master-key.ts';
export { readMasterKey, type MasterKeyPlace } from './sealing/read-master-key.ts';
export {
  changeMasterKey,
  decryptForGood,
  loadEncryption,
  makeDataKey,
  rewriteWithNewest,
  type EncryptionStanding,
} from './sealing/rotate.ts';
export { plainLength } from './sealing/envelope.ts';
export { secretBytes, secretJson, SecretLines, type SecretBytes, type SecretJson } from './sealing/secret.ts';
export { secretDetection, secretPost } from './sealing/secret-forms.ts';
export { loadBlob, type StoredBlob } from './queries/load-blob.ts';
export { loadWatchListAge, type WatchListAge } from './queries/load-watch-list-age.ts';
export { listWatchListVersions, type WatchListVersion } from './queries/list-watch-list-versions.ts';
export { loadCurrentWatchList, loadWatchListVersion } from './queries/load-watch-list.ts';
export { addLookBacks, listLookBacks, takeLookBacks, type LookBack } from './queries/look-backs.ts';
export { saveBlob } from './queries/save-blob.ts';
export {
  saveWatchList,
  StaleWatchListError,
  WATCH_LIST_CHANNEL,
  type NewerVersion,
  type VersionOrigin,
} from './queries/save-watch-list.ts';
export { storeWatchList } from './queries/store-watch-list.ts';
export { type WatchListContent } from './queries/watch-list-row.ts';
