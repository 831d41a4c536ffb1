export { findKafka, type FoundKafka, itNeedsKafka, openTestKafka, type TestKafka } from './test-kafka.ts';
export { startLocalKafka, type LocalKafka, type LocalKafkaOptions } from '@leakwatch/kafka-local';
