/**
 * The event log. Read port/event-log.ts first: it says what every log promises. Then, in the order of a record's way:
 *
 *   port/          the interface, its errors and limits, the partitioner
 *   events/        values as CloudEvents in records
 *   stage/         what a consumer does with a batch: process, retry, publish
 *   dead-letters/  records that could not be processed: written, listed, replayed
 *   adapter/       what both logs share: the seam `LogSource`, the append queue, replay
 *   subscription/  one member of a consumer group, on either log
 *   postgres/      the log in Postgres tables
 *   kafka/         the log in Apache Kafka: cluster/, group/, records/, wire/
 *   contract-tests/, testing/, bench/
 */
export * from './port/event-log.ts';
export * from './port/errors.ts';
export * from './port/check-record.ts';
export * from './port/partitioner.ts';
export * from './events/cloud-events.ts';
export { isErased } from './events/erased.ts';
export * from './stage/process-batch.ts';
export * from './stage/assert-leased.ts';
export * from './stage/lag.ts';
export * from './dead-letters/index.ts';
