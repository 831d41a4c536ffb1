import { type KafkaCluster } from '../cluster/kafka-cluster.ts';
import { sendRequest } from '../wire/send-request.ts';
import { type TopicIds, tellsTopicIds, topicIdsRequest } from '../wire/topic-ids.ts';

/**
 * Asks the group's coordinator, which knows all topics, for their ids. A topic that does not exist is absent.
 *
 * @returns null from brokers before Kafka 2.8, which tell no ids
 */
export function readTopicIds(
  cluster: KafkaCluster,
  group: string,
  topics: readonly string[],
): Promise<TopicIds | null> {
  return cluster.askCoordinator(group, (broker) =>
    tellsTopicIds(broker) ? sendRequest(broker, topicIdsRequest(topics)) : Promise.resolve(null),
  );
}
