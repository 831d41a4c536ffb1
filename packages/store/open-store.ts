import { assembleStore, type Store } from './assemble-store.ts';
import { openBackingServer } from './backing-server.ts';
import { migrate } from './migrate.ts';

export interface OpenStoreOptions {
  /** postgres://user:password@host:port/database. Without it (or empty) the embedded server is used. */
  databaseUrl?: string | undefined;
  /** Where the embedded server keeps its data; made on first use. */
  dataDir: string;
  /** What the server's own views call our connections. */
  applicationName?: string;
  /** How long a statement may take before its connection counts as lost; a minute without it. Migrations take what they take. */
  answerMs?: number;
  /** Hears what an operator may want to know, a line at a time; none of it is the content of a watch list. */
  onNotice?: (line: string) => void;
  /** Whether to bring the database up to this code's migrations; it is, unless false. */
  migrate?: boolean;
  /** Where the migrations are, if not beside this code. */
  migrationsDirectory?: string;
}

/** Opens leakwatch's database: the one that is named, or the embedded one, which is made and started as needed. */
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
