import { type EventLog, type LogRecord, type SubscribeOptions } from '@leakwatch/event-log';

/** Adds a prefix to a log's topics and groups, so that many tests can share one broker. */
export function inNamespace(log: EventLog, prefix: string): EventLog {
  const bare = <T extends { readonly topic: string }>(one: T): T => ({
    ...one,
    topic: one.topic.slice(prefix.length),
  });
  async function* replay(options: Parameters<EventLog['replay']>[0]): AsyncIterable<readonly LogRecord[]> {
    for await (const records of log.replay({ ...options, topic: prefix + options.topic })) {
      yield records.map(bare);
    }
  }
  const subscription = (options: SubscribeOptions): SubscribeOptions => ({
    ...options,
    group: prefix + options.group,
    topics: options.topics.map((topic) => prefix + topic),
    handle: (batch) => options.handle({ ...bare(batch), records: batch.records.map(bare) }),
  });
  return {
    publish: (records) => log.publish(records.map((record) => ({ ...record, topic: prefix + record.topic }))),
    async subscribe(options) {
      const inner = await log.subscribe(subscription(options));
      return {
        stopped: inner.stopped,
        lastBeatAt: () => inner.lastBeatAt(),
        delays: () => inner.delays(),
        assignment: () =>
          new Map([...inner.assignment()].map(([topic, held]) => [topic.slice(prefix.length), held])),
        pause: () => inner.pause(),
        resume: () => inner.resume(),
        close: () => inner.close(),
      };
    },
    replay,
    endOffsets: (topic) => log.endOffsets(prefix + topic),
    offsetsAt: (topic, instant) => log.offsetsAt(prefix + topic, instant),
    committedOffsets: (group, topic) => log.committedOffsets(prefix + group, prefix + topic),
    close: () => log.close(),
  };
}
