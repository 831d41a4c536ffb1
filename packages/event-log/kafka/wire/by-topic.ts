import { type TopicPartition } from '../../adapter/log-source.ts';

/** Groups partitions by topic, as requests list them. */
export function byTopic<T extends TopicPartition>(parts: readonly T[]): Map<string, T[]> {
  const topics = new Map<string, T[]>();
  for (const part of parts) {
    const ofTopic = topics.get(part.topic);
    if (ofTopic === undefined) topics.set(part.topic, [part]);
    else ofTopic.push(part);
  }
  return topics;
}
