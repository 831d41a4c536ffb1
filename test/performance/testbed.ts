import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TOPICS, type WatchListInput } from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { createKafkaEventLog, ensureTopics, productTopics } from '@leakwatch/event-log/kafka';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { startLocalKafka } from '@leakwatch/kafka-local';
import { Lifecycle, silentLogger } from '@leakwatch/runtime';
import { openStore, type Store } from '@leakwatch/store';
import { runLeakwatch } from '../harness/run-leakwatch.ts';

/** A Postgres of its own, and a Kafka when the log is in Kafka. */
export interface Testbed {
  /** Settings that connect services to this testbed. */
  readonly env: Readonly<Record<string, string>>;
  readonly store: Store;
  readonly log: EventLog;
  /** Null where the log is in Postgres. */
  readonly brokers: readonly string[] | null;
  /** Folder of the posts' pictures. */
  readonly media: string;
  /** Folder of the embedded Postgres. */
  readonly dataDir: string;
  /** Makes a watch list the current one. */
  watch(list: WatchListInput, openMedia: (file: string) => Promise<Uint8Array>): Promise<void>;
  close(): Promise<void>;
}

const STOP_TIMEOUT_MS = 60_000;

export async function openTestbed(kind: 'kafka' | 'postgres'): Promise<Testbed> {
  const lifecycle = new Lifecycle(silentLogger());
  const close = () => lifecycle.stop(STOP_TIMEOUT_MS);
  try {
    const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-bench-'));
    lifecycle.add({ name: 'folder', stop: () => rm(folder, { recursive: true, force: true }) });
    const media = path.join(folder, 'media');
    const dataDir = path.join(folder, 'data');
    await mkdir(media);
    const store = await openStore({ dataDir });
    lifecycle.add({ name: 'store', stop: () => store.close() });
    const kafka = kind === 'kafka' ? await startLocalKafka({ heapMb: 512 }) : null;
    if (kafka !== null) lifecycle.add({ name: 'kafka', stop: () => kafka.stop() });
    const log = kafka === null ? await openPostgresLog(store) : await openKafkaLog(kafka.brokers);
    lifecycle.add({ name: 'log', stop: () => log.close() });
    const env = {
      DATABASE_URL: store.connectionString,
      ...(kafka === null ? {} : { KAFKA_BROKERS: kafka.brokers.join(',') }),
    };
    return {
      env,
      store,
      log,
      brokers: kafka?.brokers ?? null,
      media,
      dataDir,
      watch: async (list, openMedia) => {
        for (const { file } of list.campaigns.flatMap(({ assets = [] }) => assets)) {
          await writeMedium(folder, file, await openMedia(file));
        }
        const file = path.join(folder, 'watch-list.json');
        await writeFile(file, JSON.stringify(list));
        const { code, stderr } = await runLeakwatch(['watchlist', 'import', file], { env });
        if (code !== 0) throw new Error(`the watch list was refused:\n${stderr}`);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function openPostgresLog(store: Store): Promise<EventLog> {
  return createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
  });
}

async function openKafkaLog(brokers: readonly string[]): Promise<EventLog> {
  await ensureTopics({ brokers, clientId: 'bench' }, productTopics());
  return createKafkaEventLog({ brokers, clientId: 'bench', topics: TOPICS });
}

/** Writes a picture into a folder, under the name that a post or a watch list uses. */
export async function writeMedium(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, bytes);
}
