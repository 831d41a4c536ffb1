import { openTestStore } from '@leakwatch/store/testing';
import { createPostgresEventLog } from '../postgres/index.ts';
import { batchesOf, type BenchSide, type Round } from './bench-side.ts';

/** The log in Postgres, and UNNEST inserts and selects of a plain table. */
export async function openPostgresSide(topics: readonly string[]): Promise<BenchSide> {
  const store = await openTestStore();
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics,
  });
  const tableOf = ({ topic }: Round) => `plain_${topic.replaceAll('-', '_')}`;

  return {
    description: 'Postgres',
    log,

    async appendPlainly(round) {
      const table = tableOf(round);
      await store.pool.query(
        `create table ${table} (id bigserial primary key, key bytea, value bytea, headers jsonb, appended_at timestamptz)`,
      );
      let rows = 0;
      for (const batch of batchesOf(round)) {
        const answer = await store.pool.query(
          `insert into ${table} (key, value, headers, appended_at)
           select *, now() from unnest($1::bytea[], $2::bytea[], $3::jsonb[])`,
          [
            batch.map(({ key }) => Buffer.from(key)),
            batch.map(({ value }) => value),
            batch.map(({ headers }) => JSON.stringify(headers)),
          ],
        );
        rows += answer.rowCount ?? 0;
      }
      return rows;
    },

    async readPlainly(round) {
      let count = 0;
      for (;;) {
        const { rows } = await store.pool.query(
          `select * from ${tableOf(round)} where id > $1 order by id limit $2`,
          [count, round.batchSize],
        );
        if (rows.length === 0) return count;
        count += rows.length;
      }
    },

    async close() {
      await log.close();
      await store.drop();
    },
  };
}
