export { type AcceptedPost, type Acceptance, type Delivery, type RefusedPost } from './accept-delivery.ts';
export { createIngest, type IngestApp, type IngestOptions } from './app.ts';
export { loadIngestConfig, type IngestConfig } from './config.ts';
export { listAccountStandings } from './queries/account-polls.ts';
export { type OpenMedia } from './replay-letter.ts';
export { type IngestSummary, type RunOptions } from './run-source.ts';
export { accountNamed, accountsNamed } from './sources/account-named.ts';
export {
  checkAccount,
  openAccountChecker,
  type AccountChecker,
  type CheckedAccount,
} from './sources/check-account.ts';
export { createJsonlSource, type JsonlSourceOptions } from './sources/jsonl.ts';
export {
  createMockSource,
  type Disguises,
  type MockSource,
  type MockSourceOptions,
  type MockTruth,
} from './sources/mock/index.ts';
export { openMediaFile } from './sources/open-media-file.ts';
export { MediaError, type Source, type SourceItem, type SourceOrigin } from './sources/source.ts';
export { accountsAt } from './sources/profile-address.ts';
export { registerWebhook, startWebhookServer, type WebhookOptions } from './sources/webhook.ts';
