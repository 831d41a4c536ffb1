/**
 * Breaks a running product in every way at once, while a careful sender hands in planted leaks. At the end each of them must be
 * in an alert, once.
 *
 *   npm run chaos [-- --log kafka|postgres --minutes 30 --seed 1]
 */
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntilDrained } from '../../services/leakwatch/flow/wait-until-drained.ts';
import { ALL_WELL, Ledger } from '../delivery/harness/ledger.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import { waitFor } from '../harness/wait-for.ts';
import { FAULTS, listOf } from './faults.ts';
import { startSender } from './sender.ts';
import { openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    log: { type: 'string', default: 'kafka' },
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    /** Only faults whose name holds this. */
    only: { type: 'string', default: '' },
  },
});
const kind = values.log === 'postgres' ? 'postgres' : 'kafka';
const minutes = Number(values.minutes);
const random = seededRandom(Number(values.seed));
/** Time to get on between two faults. */
const REST_MS = 4000;
/** So long the backlog may stay the same. While it gets less, only the machine is slow. */
const STUCK_MS = 300_000;

const world = await openWorld(kind);
try {
  if (!(await world.watch(listOf(0)))) throw new Error('the watch list was refused');
  const ledger = new Ledger();
  const sender = startSender(world, ledger, Number(values.seed));
  const counts = await storm();
  await sender.stop();
  await settle();
  const account = await ledger.account(world.store, world.log);
  const isWell = isDeepStrictEqual(account, ALL_WELL);
  const wrong = Object.entries<readonly string[]>({ ...account }).map(
    ([name, posts]) => `${name} ${posts.length}`,
  );
  console.log(`${kind}, ${minutes} minutes, seed ${values.seed}`);
  console.log(`faults: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`);
  console.log(`answers: ${[...sender.answers].map(([status, count]) => `${status} ${count}`).join(', ')}`);
  console.log(
    `posts acknowledged: ${sender.sent()}, planted leaks among them: ${ledger.acknowledgedLeaks.length}`,
  );
  console.log(`processes that ended and were started again: ${world.endings.length}`);
  console.log(`memory at the end, MiB: ${(await residentMemory(world)).join(', ')}`);
  console.log(isWell ? 'each planted leak is in an alert, once' : `NOT WELL: ${wrong.join(', ')}`);
  if (!isWell) console.log(JSON.stringify(account).slice(0, 2000));
  process.exitCode = isWell ? 0 : 1;

  async function storm(): Promise<Map<string, number>> {
    const names = Object.keys(FAULTS).filter((name) => name.includes(values.only));
    const counted = new Map<string, number>();
    const until = performance.now() + minutes * 60_000;
    for (let number = 1; performance.now() < until; number++) {
      const name = names[Math.floor(random() * names.length)] ?? '';
      const startedAt = performance.now();
      await FAULTS[name]?.({ world, sender, random, number });
      counted.set(name, (counted.get(name) ?? 0) + 1);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      process.stderr.write(`${number}. ${name} (${seconds} s), ${sender.sent()} posts taken\n`);
      await sleep(REST_MS * random());
    }
    return counted;
  }
} finally {
  await world.close();
}

/** Waits until all that was taken has had its effect. */
async function settle(): Promise<void> {
  await world.stepClock('+0');
  await waitForBacklog(world.log);
  process.stderr.write('the log is read to its end\n');
  await waitFor('the outbox to be empty', async () => {
    const { rows } = await world.store.pool.query('select 1 from alert_outbox where published_at is null');
    return rows.length === 0;
  });
}

async function waitForBacklog(log: World['log']): Promise<void> {
  const stuck = new AbortController();
  const giveUp = () => setTimeout(() => stuck.abort(new Error('the backlog gets no less')), STUCK_MS);
  let timer = giveUp();
  let last = Number.POSITIVE_INFINITY;
  const onLag = (records: number) => {
    if (records === last) return;
    last = records;
    clearTimeout(timer);
    timer = giveUp();
  };
  try {
    await waitUntilDrained(log, { signal: stuck.signal, onLag });
  } finally {
    clearTimeout(timer);
  }
}

async function residentMemory({ processes }: World): Promise<string[]> {
  return Promise.all(
    processes.map(async ({ pid }) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return ((Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024) | 0).toString();
    }),
  );
}
