export * from './check-record.ts';
export * from './cloud-events.ts';
export * from './dead-letters/index.ts';
export * from './errors.ts';
export * from './event-log.ts';
export * from './partitioner.ts';
export * from './assert-leased.ts';
export * from './process-batch.ts';
