import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntilDrained } from '../../services/leakwatch/flow/wait-until-drained.ts';
import { Kafka, logLevel } from 'kafkajs';
import { deliverPosts } from '../harness/deliver-posts.ts';
import { eventually } from '../harness/eventually.ts';
import { WATCH_LIST } from '../delivery/harness/made-posts.ts';
import { type LeakwatchProcess } from '../harness/run-leakwatch.ts';
import { type Sender } from './sender.ts';
import { type World } from './world.ts';

interface Turn {
  readonly world: World;
  readonly sender: Sender;
  readonly random: () => number;
  /** Counts the turns. */
  readonly number: number;
}

export type Fault = (turn: Turn) => Promise<void>;

const SIGNS = ['@', '(', '#a '];
const SIGNS_LENGTH = 100_000;
const STOP_MS = 15_000;

export const FAULTS: Readonly<Record<string, Fault>> = {
  'kill -9': (turn) => replace(turn, 'SIGKILL'),
  SIGTERM: (turn) => replace(turn, 'SIGTERM'),
  'SIGSTOP past the session': async ({ world, random }) => {
    const victim = pickProcess(world, random);
    victim.kill('SIGSTOP');
    await sleep(STOP_MS * random());
    victim.kill('SIGCONT');
  },
  'kill -9 of the broker': async ({ world }) => {
    if (world.kafka === null) return;
    await world.kafka.kill9();
    await world.kafka.restart();
  },
  'a flood without signatures': async ({ world }) => {
    const body = 'x'.repeat(4_000_000);
    await Promise.all(
      Array.from({ length: 40 }, () =>
        fetch(`${world.webhook}/v1/posts`, { method: 'POST', body }).then(
          (answer) => answer.text(),
          () => undefined,
        ),
      ),
    );
  },
  'a signed burst': ({ world, number }) =>
    deliverMany(world, 30, (n) =>
      Array.from({ length: 300 }, (_, k) => clean(`burst-${number}-${n}-${k}`, `coffee first, part ${n}`)),
    ),
  signs: ({ world, number }) =>
    deliverMany(world, 10, (n) => [
      clean(
        `signs-${number}-${n}`,
        (SIGNS[n % SIGNS.length] ?? '').repeat(SIGNS_LENGTH).slice(0, SIGNS_LENGTH),
      ),
    ]),
  'a full disk': async ({ world }) => {
    const ballast = path.join(world.disk, 'ballast');
    await fill(ballast);
    await sleep(5000);
    await rm(ballast);
    await world.kafka?.restart();
  },
  'a topic made again': async ({ world, sender }) => {
    if (world.kafka === null) return;
    await sender.pause();
    await waitUntilDrained(world.log, { signal: AbortSignal.timeout(300_000) });
    const admin = new Kafka({ brokers: [...world.kafka.brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: ['posts'] });
    await eventually(async () => ((await admin.listTopics()).includes('posts') ? undefined : true));
    await admin.disconnect();
    await world.makeTopics();
    sender.resume();
  },
  'a clock two hours ahead': async ({ world, random }) => {
    await world.stepClock('+2h');
    await sleep(10_000 * random());
    await world.stepClock('+0');
  },
  'another watch list': async ({ world, number }) => {
    await eventually(async () => ((await world.watch(listOf(number))) ? true : undefined));
  },
};

/** The watch list of turn n: the planted term always, and others that no post holds. */
export function listOf(number: number): object {
  const terms = Array.from({ length: 1 + (number % 5) }, (_, n) => ({
    id: `other-${n}`,
    text: `Zorvelinka ${'abcdefgh'.charAt((number + n) % 8)}uxorin`,
  }));
  const other = { ...WATCH_LIST.campaigns[0], id: 'other', name: 'Other', terms };
  return { ...WATCH_LIST, campaigns: [...WATCH_LIST.campaigns, other] };
}

function pickProcess({ processes }: World, random: () => number): LeakwatchProcess {
  const process = processes[Math.floor(random() * processes.length)];
  if (process === undefined) throw new Error('there are processes');
  return process;
}

async function replace({ world, random }: Turn, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const victim = pickProcess(world, random);
  victim.kill(signal);
  await victim.ended;
}

function clean(id: string, text: string): object {
  return { id, author: { id: 'flooder', handle: 'flooder' }, text };
}

/** Sends deliveries at once; answers of any kind are right, for nobody counts on these. */
async function deliverMany(
  { webhook }: World,
  count: number,
  postsOf: (n: number) => readonly object[],
): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const posts = postsOf(n);
      const id = `flood-${JSON.stringify(posts[0])
        .slice(7, 40)
        .replace(/[^\w-]/g, '')}`;
      await deliverPosts(webhook, id, posts).then(
        (answer) => answer.text(),
        () => undefined,
      );
    }),
  );
}

/** Writes a file until no byte more fits. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (const chunk of [Buffer.alloc(2 ** 22), Buffer.alloc(4096)]) {
      while (
        await handle.write(chunk).then(
          ({ bytesWritten }) => bytesWritten === chunk.length,
          () => false,
        )
      );
    }
  } finally {
    await handle.close();
  }
}
