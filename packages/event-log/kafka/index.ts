export { type Access, grantAccess } from './access.ts';
export { type KafkaConnectionOptions, type KafkaSasl, type KafkaTls } from './cluster/kafka-client.ts';
export { createKafkaEventLog, type KafkaLogOptions } from './kafka-event-log.ts';
export {
  checkTopics,
  ensureTopics,
  productTopics,
  type TopicMismatch,
  type TopicSpec,
  type TopicSpecOptions,
} from './topics.ts';
