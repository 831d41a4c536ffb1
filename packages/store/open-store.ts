import { assembleStore, type Store } from './assemble-store.ts';
import { openBackingServer } from './backing-server.ts';
import { migrate } from './migrate.ts';

export interface OpenStoreOptions {
  /** postgres://user:password@host:port/database. Without it (or empty) the embedded server is used. */
  databaseUrl?: string | undefined;
  /** The embedded server's data directory; created on first use. */
  dataDir: string;
  /** The name of our connections in the server's views. */
  applicationName?: string;
  /**
   * How long a statement may take before its connection counts as lost; a minute by default. Migrations have no limit.
   */
  answerMs?: number;
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
    dataDir: options.dataDir,
    onNotice,
  });
  const { applicationName = 'leakwatch', answerMs } = options;
  const store = assembleStore(server, { applicationName, onNotice, answerMs });
  try {
    if (options.migrate !== false) await migrate(store.pool, options.migrationsDirectory);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}
