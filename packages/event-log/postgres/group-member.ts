import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Offsets } from '../port/event-log.ts';
import { type GroupMember } from '../adapter/log-source.ts';
import { BigintColumn, execute, type LogDatabase, queryRows } from './database.ts';

const HoldingRow = z.object({
  topic: z.string(),
  partition: z.int(),
  /** The committed offset, or the one where the group begins. */
  offset: BigintColumn,
  epoch: BigintColumn,
  /** Beyond this member's share: it gives the partition back once its batch is over. */
  leaving: z.boolean(),
});

export interface MemberOptions {
  readonly group: string;
  readonly topics: readonly string[];
  readonly startAt: 'earliest' | 'latest';
  readonly startFrom?: Offsets;
  /** The others count a member as dead when it has not renewed its lease for this long. */
  readonly leaseMs: number;
}

/** The statements of one member of a group. The rules are in the functions of migration 000001. */
export function createGroupMember(database: LogDatabase, options: MemberOptions): GroupMember {
  const member = randomUUID();
  const { group } = options;
  let unplaced = options.startFrom;

  /** Sets the offsets where a new group begins. A group that has offsets keeps them. */
  async function placeGroup(topic: string, places: Offsets): Promise<void> {
    await execute(database, `insert into consumer_group ("group") values ($1) on conflict do nothing`, [
      group,
    ]);
    await execute(
      database,
      `insert into consumer_offset ("group", topic, partition, "offset")
         select $1, $2, place.partition, greatest(place."offset", head.start_offset)
         from unnest($3::integer[], $4::bigint[]) as place (partition, "offset")
         join log_head head on head.topic = $2 and head.partition = place.partition
         on conflict do nothing`,
      [group, topic, [...places.keys()], [...places.values()].map(String)],
    );
  }

  return {
    async sync(busy) {
      if (unplaced !== undefined) {
        for (const topic of options.topics) await placeGroup(topic, unplaced);
        unplaced = undefined;
      }
      return queryRows(
        database,
        HoldingRow,
        `select topic, partition, "offset"::text as "offset", epoch::text as epoch, leaving
         from consumer_sync($1, $2, $3, $4, make_interval(secs => $5), $6, $7)`,
        [
          group,
          member,
          options.topics,
          options.startAt,
          options.leaseMs / 1000,
          busy.map((held) => held.topic),
          busy.map((held) => held.partition),
        ],
      );
    },

    async commit({ topic, partition }, epoch, offset) {
      const changed = await execute(
        database,
        `update consumer_offset set "offset" = greatest("offset", $6), committed_at = now()
         where "group" = $1 and topic = $2 and partition = $3 and owner = $4 and epoch = $5 returning 1 as one`,
        [group, topic, partition, member, String(epoch), String(offset)],
      );
      return changed === 1;
    },

    async leave() {
      await execute(database, 'select consumer_leave($1, $2)', [group, member]);
    },
  };
}
