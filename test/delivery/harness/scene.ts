import { EVENTS, TOPICS } from '@leakwatch/contracts';
import { EventLogError, type EventLog } from '@leakwatch/event-log';
import { saveWatchList } from '@leakwatch/store';
import { onTestFinished } from 'vitest';
import { waitFor } from '../../harness/wait-for.ts';
import { ANSWER_MS, type Arrangement, type ArrangeOptions, type LogKind } from './arrangement.ts';
import { type Account, Ledger } from './ledger.ts';
import { type MadePost, recordOf, WATCH_LIST } from './made-posts.ts';
import { openLogAt } from './open-log-at.ts';
import { type ServiceName, type ServiceOrder } from './service-messages.ts';
import { type ServiceProcess, startServices } from './start-services.ts';

/** Readers of each topic, in flow order. */
const READERS = [
  { topic: EVENTS.post.topic, group: 'matcher-text' },
  { topic: EVENTS.detection.topic, group: 'alerting' },
] as const;

/** The setting of one test: a fresh database and log, a watch list, a ledger. All are removed after the test. */
export interface Scene extends Omit<Arrangement, 'close'> {
  readonly ledger: Ledger;
  /** A client that only the test uses. */
  readonly log: EventLog;
  start(services: readonly ServiceName[], order?: Partial<ServiceOrder>): Promise<ServiceProcess>;
  /** Appends posts as ingest does, retries while the log is away, and enters them in the ledger. */
  publish(posts: readonly MadePost[]): Promise<void>;
  /** Number of records that a group has not committed. */
  lag(topic: string, group: string): Promise<bigint>;
  /** Waits until every record is handled, then gives the account. */
  settle(): Promise<Account>;
}

export async function openScene(kind: LogKind, options: ArrangeOptions = {}): Promise<Scene> {
  const arrangement = await kind.arrange(options);
  onTestFinished(() => arrangement.close());
  const { store, address } = arrangement;
  await store.transaction((tx) => saveWatchList(tx, WATCH_LIST));
  const log = await openLogAt(address);
  onTestFinished(() => log.close());
  // A topic exists a moment before it can be used.
  for (const topic of TOPICS.filter((topic) => options.without?.includes(topic) !== true)) {
    await untilAnswered(`topic ${topic}`, () => log.endOffsets(topic));
  }
  const ledger = new Ledger();
  const started: ServiceProcess[] = [];

  async function lag(topic: string, group: string): Promise<bigint> {
    const [ends, committed] = await untilAnswered('the log to tell its offsets', () =>
      Promise.all([log.endOffsets(topic), log.committedOffsets(group, topic)]),
    );
    let records = 0n;
    for (const [partition, end] of ends) records += end - (committed.get(partition) ?? 0n);
    return records;
  }

  return {
    ...arrangement,
    ledger,
    log,
    lag,
    async start(services, order = {}) {
      const process = await startServices({
        services: [...services],
        ...arrangement.forServices,
        ...(services.length === 1 ? arrangement.forService?.(services[0]!) : {}),
        answerMs: ANSWER_MS,
        halt: null,
        ...order,
      });
      started.push(process);
      onTestFinished(() => process.kill());
      return process;
    },
    async publish(posts) {
      ledger.send(posts);
      await untilAnswered('the log to take the posts', () => log.publish(posts.map(recordOf)));
      ledger.acknowledge(posts);
    },
    async settle() {
      for (const { topic, group } of READERS) {
        await waitFor(
          `${group} to have no lag`,
          async () => (await lag(topic, group)) === 0n,
          () => started.map((process) => process.logLines()).join('\n'),
        );
      }
      await waitFor('the outbox to be empty', async () => {
        const { rows } = await store.pool.query('select 1 from alert_outbox where published_at is null');
        return rows.length === 0;
      });
      return ledger.account(store, log);
    },
  };
}

/** Asks the log until it answers; a log that never comes back fails the test. */
async function untilAnswered<T>(what: string, ask: () => Promise<T>): Promise<T> {
  const answers: T[] = [];
  await waitFor(what, async () => {
    try {
      answers.push(await ask());
      return true;
    } catch (error) {
      if (error instanceof EventLogError && error.canRetry) return false;
      throw error;
    }
  });
  return answers[0]!;
}
