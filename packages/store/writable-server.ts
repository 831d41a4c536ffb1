import pg from 'pg';
import { placeOf, type Servers } from './database-address.ts';
import { StoreError } from './store-error.ts';
import { toStoreError } from './to-store-error.ts';

/** How long one server may take to answer before the next is asked. */
const ANSWER_MS = 3_000;

/** Several servers of one database, as primary and replicas. */
export interface ServerChoice {
  /** The server that took writes last; the first before any was asked. */
  readonly current: () => URL;
  /** Finds the server that takes writes now. Asks nobody where there is one only. */
  readonly find: () => Promise<URL>;
}

/** Asks the servers in turn, first the one that was found last. Callers at one time share the answer. */
export function chooseServer(servers: Servers): ServerChoice {
  let current = servers[0];
  let finding: Promise<URL> | null = null;

  const search = async (): Promise<URL> => {
    const failures: { readonly server: URL; readonly error: StoreError }[] = [];
    for (const server of [current, ...servers.filter((other) => other !== current)]) {
      try {
        await askForWrites(server);
        return (current = server);
      } catch (error) {
        failures.push({ server, error: toStoreError(error) });
      }
    }
    // A wrong password stays wrong, however often it is tried; a server that is away says nothing of it.
    const lasting = failures.find(({ error }) => !error.canRetry);
    if (lasting !== undefined) throw lasting.error;
    const reasons = failures.map(({ server, error }) => `${placeOf(server)}: ${error.message}`);
    throw new StoreError('unreachable', `no server of the database takes writes: ${reasons.join('; ')}`);
  };

  return {
    current: () => current,
    find: () => {
      if (servers.length === 1) return Promise.resolve(current);
      return (finding ??= search().finally(() => {
        finding = null;
      }));
    },
  };
}

/** @throws StoreError if the server is away, or a standby */
async function askForWrites(server: URL): Promise<void> {
  const client = new pg.Client({
    connectionString: server.href,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
    application_name: 'leakwatch looks for the primary',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
    if (rows[0]?.standby !== false) throw new StoreError('not-writable', 'it is a standby');
  } catch (error) {
    throw toStoreError(error);
  } finally {
    // A server that hangs would hold the end back, too.
    void client.end().catch(() => undefined);
  }
}
