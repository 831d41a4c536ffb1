export {
  createPostgresEventLog,
  DEFAULT_PARTITIONS,
  type PostgresEventLogOptions,
} from './postgres-event-log.ts';
export { type LogDatabase } from './database.ts';
export {
  eraseRecords,
  findRecordHolding,
  listHeldWords,
  listMediaOfRecords,
  type RecordsToErase,
} from './erase-records.ts';
export { createTopic, type TopicLayout } from './topics.ts';
export { trimTopic, type TrimOptions } from './trim-topic.ts';
