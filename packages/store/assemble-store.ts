import { type Pool } from 'pg';
import { type BackingServer } from './backing-server.ts';
import { openPool } from './connection-pool.ts';
import { createListener } from './listener.ts';
import { createWriteProbe } from './probe-writes.ts';
import { type Queryable } from './queryable.ts';
import { openKeys } from './sealing/data-keys.ts';
import { type MasterKey } from './sealing/master-key.ts';
import { createSealer } from './sealing/sealer.ts';
import { runTransaction } from './transaction.ts';

/** One database with everything that leakwatch does with it. All of it throws StoreErrors. */
export interface Store {
  /** Read it again for each connection: an embedded server that restarted may have moved to another port. */
  readonly connectionString: string;
  /** Survives its server: queries fail while it is away, and connect again once it is back. */
  readonly pool: Pool;
  readonly embedded: boolean;
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Calls `onMessage` with the payload of each NOTIFY. After a broken connection it passes '': messages may have been
   * missed. Resolves once it listens; the returned function ends it.
   *
   * @param onMessage must not throw.
   */
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>;
  /**
   * Loads the data keys of the database: from then on secrets are sealed. Without a master key it only checks that nothing is
   * sealed.
   *
   * @param options.freshMs - after this time it looks for newer keys
   */
  useKeys(master: MasterKey | null, options?: { readonly freshMs?: number }): Promise<void>;
  /** The master key in use; null: secrets are stored as they are. */
  readonly masterKey: MasterKey | null;
  /** Resolves if the database answers. */
  ping(): Promise<void>;
  /** Resolves if the database takes writes. Asks it every few seconds at most. */
  probeWrites(): Promise<void>;
  /** Waits for the queries under way. The last process to close an embedded store stops its server. */
  close(): Promise<void>;
}

export function assembleStore(
  server: BackingServer,
  options: {
    database?: string;
    applicationName: string;
    onNotice: (line: string) => void;
    answerMs?: number | undefined;
  },
): Store {
  const address = server.address(options.database);
  const { pooling } = server;
  const keepsSessions = pooling !== 'by-transaction';
  const sealer = createSealer();
  let masterKey: MasterKey | null = null;
  const pool = openPool(address, { ...options, sealer, pooling });
  const listener = createListener(server.sessionAddress(options.database), options);
  const transaction = <T>(work: (tx: Queryable) => Promise<T>) =>
    runTransaction(pool, work, { sealer, keepsSessions });
  let closing: Promise<void> | null = null;
  const close = async () => {
    await listener.close();
    await pool.end();
    await server.leave();
  };
  return {
    get connectionString() {
      return address.url();
    },
    pool,
    embedded: server.embedded,
    transaction,
    useKeys: async (master, keysOptions) => {
      // Past the sealer, which waits for the keys.
      const unsealed = <T>(work: (tx: Queryable) => Promise<T>) =>
        runTransaction(pool, work, { keepsSessions });
      const query: Queryable['query'] = (...statement) => unsealed((tx) => tx.query(...statement));
      const keys = await openKeys({ pool: { query }, transaction: unsealed }, master, keysOptions);
      masterKey = master;
      if (keys !== null) sealer.use(keys);
    },
    get masterKey() {
      return masterKey;
    },
    listen: (channel, onMessage) => listener.listen(channel, onMessage),
    ping: async () => {
      await pool.query('SELECT 1');
    },
    probeWrites: createWriteProbe({ transaction }),
    close: () => (closing ??= close()),
  };
}
