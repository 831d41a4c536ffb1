import { z } from 'zod';
import { EventLogError } from '../port/errors.ts';
import { execute, type LogDatabase, queryRows } from './database.ts';

const LayoutRow = z.object({ partitions: z.int() });

export interface TopicLayout {
  readonly topic: string;
  readonly partitions: number;
}

/** Creates a topic with its partitions. An existing topic keeps its own: keys must not move to other partitions. */
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

/** Remembers how many partitions a topic has. The number never changes. */
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
