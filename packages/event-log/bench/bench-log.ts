/**
 * Measures the cost of the event log: appends and reads through an adapter, and the same without it, in turns
 * within one run, since machines drift.
 *
 *     npx tsx packages/event-log/bench/bench-log.ts [--kafka] [--records 20000]
 */
import { parseArgs } from 'node:util';
import { type EventLog, type OutgoingRecord } from '../port/event-log.ts';
import { batchesOf, type BenchSide, type Round } from './bench-side.ts';
import { openKafkaSide } from './kafka-side.ts';
import { openPostgresSide } from './postgres-side.ts';

const { values: args } = parseArgs({
  options: { kafka: { type: 'boolean', default: false }, records: { type: 'string', default: '20000' } },
});
const RECORDS = Number(args.records);
const BATCHES = [100, 1000];
const ROUNDS = 5;
const WAKE_UPS = 200;
const VALUE_BYTES = 1000;

interface Sides {
  readonly log: number;
  readonly plain: number;
}

/** Records like posts. No two values are alike, so that compression gains little. */
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

/** Records per second. A wrong count is an error: a fast wrong answer is worth nothing. */
async function rate(what: string, work: () => Promise<number>): Promise<number> {
  const begun = performance.now();
  const count = await work();
  const seconds = (performance.now() - begun) / 1000;
  if (count !== RECORDS) throw new Error(`${what}: ${count} records instead of ${RECORDS}`);
  return RECORDS / seconds;
}

/** Measures both, in an order that changes with the round. */
async function inTurns(
  round: number,
  log: () => Promise<number>,
  plain: () => Promise<number>,
): Promise<Sides> {
  return round % 2 === 0
    ? { log: await log(), plain: await plain() }
    : { plain: await plain(), log: await log() };
}

async function appendToLog(log: EventLog, round: Round): Promise<number> {
  for (const batch of batchesOf(round)) await log.publish(batch);
  return [...(await log.endOffsets(round.topic)).values()].reduce((sum, end) => sum + Number(end), 0);
}

async function readLog(log: EventLog, { topic, batchSize }: Round): Promise<number> {
  let count = 0;
  for await (const batch of log.replay({ topic, maxBatchRecords: batchSize })) count += batch.length;
  return count;
}

/** Reads everything as a new group, and commits each batch. */
async function consumeLog(log: EventLog, { topic, batchSize }: Round): Promise<number> {
  let count = 0;
  let finish: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (finish = resolve));
  const subscription = await log.subscribe({
    group: `consume-${topic}`,
    topics: [topic],
    startAt: 'earliest',
    maxBatchRecords: batchSize,
    handle(batch) {
      count += batch.records.length;
      if (count >= RECORDS) finish();
      return Promise.resolve();
    },
  });
  await all;
  await subscription.close();
  return count;
}

/** The time from `publish` to the handler, one record at a time: [p50, p99] in milliseconds. */
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString('en')}/s`.padStart(11);
}

function report(what: string, rounds: readonly Sides[]): void {
  const [log, plain] = [median(rounds.map((one) => one.log)), median(rounds.map((one) => one.plain))];
  const ratio = median(rounds.map((one) => one.log / one.plain));
  console.log(
    `${what.padEnd(26)} log ${perSecond(log)}   plain ${perSecond(plain)}   ratio ${ratio.toFixed(2)}`,
  );
}

async function measure(side: BenchSide, batchSize: number): Promise<void> {
  const { log } = side;
  const appends: Sides[] = [];
  const reads: Sides[] = [];
  const consumes: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const topic = topicOf(batchSize, n);
    const round = { topic, records: makeRecords(topic), batchSize };
    appends.push(
      await inTurns(
        n,
        () => rate('log appends', () => appendToLog(log, round)),
        () => rate('plain appends', () => side.appendPlainly(round)),
      ),
    );
    reads.push(
      await inTurns(
        n,
        () => rate('log reads', () => readLog(log, round)),
        () => rate('plain reads', () => side.readPlainly(round)),
      ),
    );
    consumes.push(await rate('consume', () => consumeLog(log, round)));
  }
  report(`appends, batches of ${batchSize}`, appends);
  report(`reads, batches of ${batchSize}`, reads);
  console.log(`${`consumes, batches of ${batchSize}`.padEnd(26)} log ${perSecond(median(consumes))}`);
}

function topicOf(batchSize: number, round: number): string {
  return `bench-${batchSize}-${round}`;
}

const topics = BATCHES.flatMap((size) => Array.from({ length: ROUNDS }, (_, round) => topicOf(size, round)));
const side = await (args.kafka ? openKafkaSide(topics) : openPostgresSide(topics));
try {
  console.log(
    `${side.description}: ${RECORDS} records of ${VALUE_BYTES} bytes, 12 partitions, median of ${ROUNDS} rounds`,
  );
  for (const size of BATCHES) await measure(side, size);
  const [p50, p99] = await measureWakeUp(side.log, topicOf(100, 0));
  console.log(`publish to handler, one at a time: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
} finally {
  await side.close();
}
