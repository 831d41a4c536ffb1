import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOPICS } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { createKafkaEventLog, ensureTopics, productTopics } from '@leakwatch/event-log/kafka';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { freePorts, type LocalKafka, startLocalKafka } from '@leakwatch/kafka-local';
import { Lifecycle, silentLogger } from '@leakwatch/runtime';
import { openStore, type Store } from '@leakwatch/store';
import { WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { type LeakwatchProcess, runLeakwatch, startLeakwatch } from '../harness/run-leakwatch.ts';
import { openSlowHost } from './slow-host.ts';

const DISK_MIB = 3000;
const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const CLIENT = { clientId: 'leakwatch-chaos' };

/** The processes of a running product. Two of a kind share their work. */
const PROCESSES: readonly (readonly string[])[] = [
  ['ingest'],
  ['matcher', '--lane', 'text'],
  ['matcher', '--lane', 'text'],
  ['matcher', '--lane', 'image'],
  ['alerting'],
  ['alerting'],
  ['rescan'],
];

/** A whole product in processes of its own, and what can be done to it. */
export interface World {
  readonly kind: 'kafka' | 'postgres';
  readonly store: Store;
  readonly log: EventLog;
  /** `http://127.0.0.1:40123` */
  readonly webhook: string;
  /** The address of a host whose pictures come slowly or never. */
  readonly slowHost: string;
  readonly processes: LeakwatchProcess[];
  /** A small disk that holds database and log. */
  readonly disk: string;
  readonly kafka: LocalKafka | null;
  /** Whether the processes' clocks can be moved. */
  readonly hasClock: boolean;
  /** How processes ended so far. Each was started again. */
  readonly endings: readonly string[];
  /** Moves the clocks of all processes but ingest, like `+2h`; `+0` puts them right. */
  stepClock(to: string): Promise<void>;
  /** Makes this watch list the current one. */
  watch(list: object): Promise<boolean>;
  makeTopics(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(kind: 'kafka' | 'postgres'): Promise<World> {
  const lifecycle = new Lifecycle(silentLogger());
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-chaos-'));
  lifecycle.add({ name: 'folder', stop: () => rm(folder, { recursive: true, force: true }) });
  const disk = path.join(folder, 'disk');
  await mkdir(disk);
  mustRun('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=755`, 'tmpfs', disk]);
  lifecycle.add({ name: 'disk', stop: () => umount(disk) });
  const store = await openStore({ dataDir: path.join(disk, 'data') });
  lifecycle.add({ name: 'store', stop: () => store.close() });
  const kafka =
    kind === 'kafka' ? await startLocalKafka({ heapMb: 512, dataDir: path.join(disk, 'kafka') }) : null;
  if (kafka !== null) lifecycle.add({ name: 'kafka', stop: () => kafka.stop() });
  const connection = { ...CLIENT, brokers: kafka?.brokers ?? [] };
  const makeTopics = async () => {
    if (kafka !== null) await ensureTopics(connection, productTopics({ partitions: 6 }));
  };
  await makeTopics();
  const database = {
    query: (text: string, values: unknown[]) => store.pool.query(text, values),
    listen: (channel: string, onNotify: (payload: string) => void) => store.listen(channel, onNotify),
  };
  const log =
    kafka === null
      ? await createPostgresEventLog({ database, topics: TOPICS })
      : await createKafkaEventLog({ ...connection, topics: TOPICS });
  lifecycle.add({ name: 'log', stop: () => log.close() });
  const slow = await openSlowHost();
  lifecycle.add({ name: 'slow host', stop: () => slow.close() });

  const [webhookPort = 0] = await freePorts(1);
  const clock = path.join(folder, 'clock');
  await writeFile(clock, '+0');
  const hasClock = existsSync(FAKETIME);
  const env = {
    DATABASE_URL: store.connectionString,
    ...(kafka === null ? {} : { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_SESSION_TIMEOUT_MS: '6000' }),
    LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET,
    LEAKWATCH_MEDIA_ALLOW_PRIVATE: '1',
    // Its posts are not the ledger's.
    LEAKWATCH_CANARY: 'off',
  };
  const moved = {
    LD_PRELOAD: FAKETIME,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  const processes: LeakwatchProcess[] = [];
  const endings: string[] = [];
  let isClosing = false;
  const start = (index: number) => {
    const command = PROCESSES[index] ?? [];
    const isIngest = command[0] === 'ingest';
    // A signature tells the time, so that ingest with a wrong clock refuses every delivery, as it must.
    const settings = isIngest || !hasClock ? env : { ...env, ...moved };
    const ports = ['--ops-port', '0', ...(isIngest ? ['--webhook-port', String(webhookPort)] : [])];
    const started = startLeakwatch(['run', ...command, ...ports], { env: settings, built: true });
    processes[index] = started;
    // As a supervisor does, whatever the process ended by.
    void started.ended.then(async (code) => {
      endings.push(`${command.join(' ')}: ${code}`);
      await sleep(1000);
      if (!isClosing) start(index);
    });
  };
  PROCESSES.forEach((_, index) => start(index));
  lifecycle.add({
    name: 'processes',
    stop: async () => {
      isClosing = true;
      for (const process of processes) process.kill('SIGKILL');
      await Promise.all(processes.map(({ ended }) => ended));
    },
  });

  return {
    ...{ kind, store, log, processes, endings, disk, kafka, hasClock, makeTopics },
    webhook: `http://127.0.0.1:${webhookPort}`,
    slowHost: slow.address,
    stepClock: (to) => writeFile(clock, to),
    async watch(list) {
      const file = path.join(folder, 'list.json');
      await writeFile(file, JSON.stringify(list));
      return (await runLeakwatch(['watchlist', 'import', file], { env, built: true })).code === 0;
    },
    close: () => lifecycle.stop(60_000),
  };
}

function umount(disk: string): Promise<void> {
  mustRun('umount', ['--lazy', disk]);
  return Promise.resolve();
}

function mustRun(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}
