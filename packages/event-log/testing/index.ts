export { type LocalKafka, type LocalKafkaOptions, startLocalKafka } from '@leakwatch/kafka-local';
export {
  findKafka,
  type FoundKafka,
  itNeedsKafka,
  itNeedsLocalKafka,
  openTestKafka,
  type TestKafka,
} from './test-kafka.ts';
