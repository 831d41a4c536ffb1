import { assembleStore, type Store } from './assemble-store.ts';
import { openBackingServer } from './open-backing-server.ts';
import { migrate } from './migrate.ts';
import { type MasterKey } from './sealing/master-key.ts';
import { StoreError } from './store-error.ts';

export interface OpenStoreOptions {
  /** postgres://user:password@host:port/database, several servers by commas. Without it (or empty) the embedded server is used. */
  databaseUrl?: string | undefined;
  /** The same database past a pooler that gives each transaction another session. */
  sessionUrl?: string | undefined;
  /** The embedded server's data directory; created on first use. */
  dataDir: string;
  /** The name of our connections in the server's views. */
  applicationName?: string;
  /**
   * How long a statement may take before its connection counts as lost; a minute by default. Migrations have no limit.
   */
  answerMs?: number;
  /** Reads the master key that encrypts what is secret; without it nothing is encrypted. */
  readMasterKey?: (() => Promise<MasterKey | null>) | undefined;
  /** Opens a database whose content is not read: no key is asked for. */
  readsNothing?: boolean;
  /** Hears lines that an operator may want to read; none holds watch list content. */
  onNotice?: (line: string) => void;
  /** Whether to run the missing migrations; true by default. */
  migrate?: boolean;
  /** The folder of the migrations, if not beside this code. */
  migrationsDirectory?: string;
}

/** Opens leakwatch's database: the named one, or the embedded one, which is created and started as needed. */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const onNotice = options.onNotice ?? (() => undefined);
  const server = await openBackingServer({
    databaseUrl: options.databaseUrl,
    sessionUrl: options.sessionUrl,
    dataDir: options.dataDir,
    onNotice,
  });
  const { applicationName = 'leakwatch', answerMs } = options;
  const store = assembleStore(server, { applicationName, onNotice, answerMs });
  try {
    const master = (await options.readMasterKey?.()) ?? null;
    if (options.migrate !== false) await migrate(store.pool, options.migrationsDirectory);
    if (options.readsNothing !== true) await useKeys(store, master);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** A database that lacks our tables, as a reader without migrations may find it, has nothing to open. */
async function useKeys(store: Store, master: MasterKey | null): Promise<void> {
  try {
    await store.useKeys(master);
  } catch (error) {
    if (error instanceof StoreError && error.sqlState === UNDEFINED_TABLE && master === null) return;
    throw error;
  }
}

const UNDEFINED_TABLE = '42P01';
