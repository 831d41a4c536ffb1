import { afterAll, afterEach, beforeAll } from 'vitest';
import { type EventLog } from '../port/event-log.ts';
import { type ChildOrder } from './child-messages.ts';
import { type EventLogHarness, uniqueName } from './harness.ts';
import { type ChildMember, startChild } from './start-child.ts';

/** The tools of a suite. Everything that a test opens is closed after it. */
export interface Scene {
  readonly harness: () => EventLogHarness;
  readonly open: () => Promise<EventLog>;
  readonly topic: (partitions: number) => Promise<string>;
  readonly child: (order: Omit<ChildOrder, 'module' | 'options'>) => Promise<ChildMember>;
}

export function useScene(createHarness: () => Promise<EventLogHarness>): Scene {
  let current: EventLogHarness | undefined;
  const logs: EventLog[] = [];
  const children: ChildMember[] = [];

  function harness(): EventLogHarness {
    if (current === undefined) throw new Error('the harness is only there while tests run');
    return current;
  }

  beforeAll(async () => {
    current = await createHarness();
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()));
    await Promise.all(logs.splice(0).map((log) => log.close()));
  });
  afterAll(() => current?.close());

  return {
    harness,
    async open() {
      const log = await harness().open();
      logs.push(log);
      return log;
    },
    async topic(partitions) {
      const topic = uniqueName('topic');
      await harness().createTopic(topic, partitions);
      return topic;
    },
    async child(order) {
      const child = await startChild({ ...harness().child, ...order });
      children.push(child);
      return child;
    },
  };
}
