/** A whole product in processes of its own on a given Postgres, under a sender that never gives up. */
import { TOPICS } from '@leakwatch/contracts';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { openStore, saveWatchList, secretBytes, type Store } from '@leakwatch/store';
import { onTestFinished } from 'vitest';
import { waitUntilDrained } from '../../services/leakwatch/flow/wait-until-drained.ts';
import { startSender, type Sender } from '../chaos/sender.ts';
import { type Account, Ledger } from '../delivery/harness/ledger.ts';
import { WATCH_LIST } from '../delivery/harness/made-posts.ts';
import { WEBHOOK_SECRET } from '../harness/deliver-posts.ts';
import { startServices, type ServiceProcess } from '../harness/service-processes.ts';
import { waitFor } from '../harness/wait-for.ts';

/** The services on the way from a post to its alert. */
const ON_THE_WAY = [['ingest'], ['matcher'], ['alerting']] as const;
export const ALL_SERVICES = [...ON_THE_WAY, ['rescan'], ['console']] as const;

export interface ProductOnPostgres {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly sender: Sender;
  readonly services: readonly ServiceProcess[];
  /** Resolves once so many more posts were taken. */
  take(posts: number): Promise<void>;
  /** Stops the sender, waits until all that was taken has had its effect, and gives the account. */
  settle(): Promise<Account>;
}

/**
 * Starts services with this database, in which they make what they need. Everything ends with the test.
 *
 * @param options.commands - what runs; the services on the way from a post to its alert by default. The first is ingest
 * @param options.env - settings of all services
 * @param options.ledger - what was sent before, if the database holds it
 */
export async function startProduct(
  databaseUrl: string,
  options: {
    commands?: readonly (readonly string[])[];
    env?: Readonly<Record<string, string>>;
    seed: number;
    ledger?: Ledger;
  },
): Promise<ProductOnPostgres> {
  const env: Record<string, string> = {
    DATABASE_URL: databaseUrl,
    LEAKWATCH_WEBHOOK_SECRETS: WEBHOOK_SECRET,
    // Its posts are not the ledger's.
    LEAKWATCH_CANARY: 'off',
    ...options.env,
  };
  const sessionUrl = env['LEAKWATCH_DATABASE_SESSION_URL'];
  const store = await openStore({ databaseUrl, sessionUrl, dataDir: '' });
  onTestFinished(() => store.close());
  await store.transaction((tx) => saveWatchList(tx, WATCH_LIST));
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      secret: secretBytes,
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
  });
  onTestFinished(() => log.close());
  const services = await startServices(env, options.commands ?? ON_THE_WAY, (begun) =>
    onTestFinished(async () => {
      begun.kill('SIGKILL');
      await begun.ended;
    }),
  );
  const { ledger = new Ledger(), seed } = options;
  const webhook = services[0]?.webhook ?? '';
  // Nobody listens there: the pictures of a few posts can not be fetched.
  const sender = startSender({ webhook, slowHost: 'http://127.0.0.1:9' }, ledger, seed);
  onTestFinished(() => sender.stop());
  const complaints = () => services.map((service) => service.stderr().slice(-2000)).join('\n');
  return {
    ...{ store, ledger, sender, services },
    take: (posts) => {
      const wanted = sender.sent() + posts;
      return waitFor(`${posts} posts to be taken`, () => sender.sent() >= wanted, complaints);
    },
    settle: async () => {
      await sender.stop();
      await waitUntilDrained(log, { signal: AbortSignal.timeout(180_000) });
      await waitFor(
        'the outbox to be empty',
        async () => {
          const { rows } = await store.pool.query('SELECT 1 FROM alert_outbox WHERE published_at IS NULL');
          return rows.length === 0;
        },
        complaints,
      );
      return ledger.account(store, log);
    },
  };
}
