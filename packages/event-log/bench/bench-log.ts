/**
 * What the event log costs over Postgres itself: appends and reads through the adapter beside plain UNNEST inserts and plain
 * selects of the same records, in turns within one run, since machines drift.
 *
 *   npx tsx packages/event-log/bench/bench-log.ts [records]
 */
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { type EventLog, type OutgoingRecord } from '../event-log.ts';
import { createPostgresEventLog } from '../postgres/index.ts';

const RECORDS = Number(process.argv[2] ?? 20_000);
const BATCHES = [100, 1000];
const ROUNDS = 5;
const WAKE_UPS = 200;
const VALUE_BYTES = 1000;

interface Sides {
  readonly log: number;
  readonly plain: number;
}

/** About what a post looks like; no two values are alike, so that compression has no easy play. */
function makeRecords(topic: string): OutgoingRecord[] {
  return Array.from({ length: RECORDS }, (_, index) => {
    const text = Array.from({ length: 16 }, (_, word) => (index * 31 + word * 7919).toString(36)).join(' ');
    return {
      topic,
      key: `creator-${index % 500}`,
      value: Buffer.from(JSON.stringify({ id: index, text }).padEnd(VALUE_BYTES)),
      headers: { ce_id: String(index), ce_type: 'leakwatch.post.v1', ce_source: '/bench' },
    };
  });
}

function* batchesOf(records: readonly OutgoingRecord[], size: number): Generator<OutgoingRecord[]> {
  for (let at = 0; at < records.length; at += size) yield records.slice(at, at + size);
}

/** Per second, and the work's own count is checked: a fast wrong answer is none. */
async function rate(what: string, work: () => Promise<number>): Promise<number> {
  const begun = performance.now();
  const count = await work();
  const seconds = (performance.now() - begun) / 1000;
  if (count !== RECORDS) throw new Error(`${what}: ${count} records instead of ${RECORDS}`);
  return RECORDS / seconds;
}

async function insertPlainly(
  store: TestStore,
  table: string,
  batch: readonly OutgoingRecord[],
): Promise<number> {
  const answer = await store.pool.query(
    `insert into ${table} (key, value, headers, appended_at)
     select *, now() from unnest($1::bytea[], $2::bytea[], $3::jsonb[])`,
    [
      batch.map(({ key }) => Buffer.from(key)),
      batch.map(({ value }) => value),
      batch.map(({ headers }) => JSON.stringify(headers)),
    ],
  );
  return answer.rowCount ?? 0;
}

async function measureAppends(
  store: TestStore,
  log: EventLog,
  batchSize: number,
  round: number,
): Promise<Sides> {
  const table = `plain_${batchSize}_${round}`;
  await store.pool.query(
    `create table ${table} (id bigserial primary key, key bytea, value bytea, headers jsonb, appended_at timestamptz)`,
  );
  const topic = `bench-${batchSize}-${round}`;
  const records = makeRecords(topic);
  const appendToLog = () =>
    rate('log appends', async () => {
      for (const batch of batchesOf(records, batchSize)) await log.publish(batch);
      return [...(await log.endOffsets(topic)).values()].reduce((sum, end) => sum + Number(end), 0);
    });
  const appendPlainly = () =>
    rate('plain inserts', async () => {
      let rows = 0;
      for (const batch of batchesOf(records, batchSize)) rows += await insertPlainly(store, table, batch);
      return rows;
    });
  return round % 2 === 0
    ? { log: await appendToLog(), plain: await appendPlainly() }
    : { plain: await appendPlainly(), log: await appendToLog() };
}

async function measureReads(
  store: TestStore,
  log: EventLog,
  batchSize: number,
  round: number,
): Promise<Sides> {
  const readLog = () =>
    rate('log reads', async () => {
      let count = 0;
      for await (const batch of log.replay({
        topic: `bench-${batchSize}-${round}`,
        maxBatchRecords: batchSize,
      })) {
        count += batch.length;
      }
      return count;
    });
  const readPlainly = () =>
    rate('plain selects', async () => {
      let count = 0;
      for (;;) {
        const { rows } = await store.pool.query(
          `select * from plain_${batchSize}_${round} where id > $1 order by id limit $2`,
          [count, batchSize],
        );
        if (rows.length === 0) return count;
        count += rows.length;
      }
    });
  return round % 2 === 0
    ? { log: await readLog(), plain: await readPlainly() }
    : { plain: await readPlainly(), log: await readLog() };
}

/** From the call of `publish` to the handler, one record at a time: [p50, p99] in milliseconds. */
async function measureWakeUp(log: EventLog, topic: string): Promise<[number, number]> {
  let arrived: () => void = () => undefined;
  const subscription = await log.subscribe({
    group: 'bench-wake-up',
    topics: [topic],
    startAt: 'latest',
    handle: () => {
      arrived();
      return Promise.resolve();
    },
  });
  const times: number[] = [];
  for (const record of makeRecords(topic).slice(0, WAKE_UPS)) {
    const begun = performance.now();
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    await log.publish([record]);
    await arrival;
    times.push(performance.now() - begun);
  }
  await subscription.close();
  times.sort((a, b) => a - b);
  return [times[Math.floor(WAKE_UPS / 2)] ?? NaN, times[Math.floor(WAKE_UPS * 0.99)] ?? NaN];
}

function report(what: string, rounds: readonly Sides[]): void {
  const middle = (side: (one: Sides) => number) =>
    rounds.map(side).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  const ratio = middle((one) => one.log / one.plain);
  const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')}/s`.padStart(11);
  console.log(
    `${what.padEnd(24)} log ${perSecond(middle((one) => one.log))}   plain ${perSecond(middle((one) => one.plain))}   ratio ${ratio.toFixed(2)}`,
  );
}

const store = await openTestStore();
try {
  const topics = BATCHES.flatMap((size) =>
    Array.from({ length: ROUNDS }, (_, round) => `bench-${size}-${round}`),
  );
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics,
  });
  console.log(`${RECORDS} records of ${VALUE_BYTES} bytes, 12 partitions, median of ${ROUNDS} rounds`);
  for (const size of BATCHES) {
    const appends: Sides[] = [];
    const reads: Sides[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      appends.push(await measureAppends(store, log, size, round));
      reads.push(await measureReads(store, log, size, round));
    }
    report(`appends, batches of ${size}`, appends);
    report(`reads, batches of ${size}`, reads);
  }
  const [p50, p99] = await measureWakeUp(log, 'bench-100-0');
  console.log(`publish to handler, one at a time: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  await log.close();
} finally {
  await store.drop();
}
