import { z } from 'zod';
import { EventLogError } from '../port/errors.ts';
import { execute, type LogDatabase, queryRows } from './database.ts';

const LayoutRow = z.object({ partitions: z.int() });

export interface TopicLayout {
  readonly topic: string;
  readonly partitions: number;
}

/** Creates a topic with its partitions. One that exists keeps the partitions that it has: keys must not move. */
export async function createTopic(database: LogDatabase, { topic, partitions }: TopicLayout): Promise<void> {
  await execute(
    database,
    `with created as (
       insert into log_topic (topic, partitions) values ($1, $2) on conflict do nothing returning topic, partitions
     )
     insert into log_head (topic, partition) select topic, generate_series(0, partitions - 1) from created`,
    [topic, partitions],
  );
}

/** Knows how many partitions a topic has; it never changes, so it is asked once. */
export function createTopicDirectory(database: LogDatabase) {
  const known = new Map<string, number>();
  return {
    /** @throws EventLogError `unknown-topic` */
    async partitions(topic: string): Promise<number> {
      const remembered = known.get(topic);
      if (remembered !== undefined) return remembered;
      const [row] = await queryRows(
        database,
        LayoutRow,
        'select partitions from log_topic where topic = $1',
        [topic],
      );
      if (row === undefined) throw new EventLogError('unknown-topic', `topic ${topic} has not been created`);
      known.set(topic, row.partitions);
      return row.partitions;
    },
  };
}

export type TopicDirectory = ReturnType<typeof createTopicDirectory>;
