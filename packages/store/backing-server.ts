import pg from 'pg';
import { useEmbeddedServer } from './embedded-postgres.ts';
import { StoreError } from './store-error.ts';
import { toStoreError } from './to-store-error.ts';

/** The Postgres behind a store: the embedded one, or that of DATABASE_URL. */
export interface BackingServer {
  readonly embedded: boolean;
  /** The current address of the given database, or of leakwatch's own. */
  connectionString(database?: string): string;
  leave(): Promise<void>;
}

const EMBEDDED_DATABASE = 'leakwatch';
const OLDEST_MAJOR = 15;

/** @param databaseUrl postgres://user:password@host:port/database; without it (or empty) the embedded server is used. */
export async function openBackingServer(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  onNotice: (line: string) => void;
}): Promise<BackingServer> {
  const { databaseUrl } = options;
  if (databaseUrl !== undefined && databaseUrl.trim() !== '') return openGivenServer(databaseUrl.trim());
  const server = await useEmbeddedServer(options);
  const connectionString = (database = EMBEDDED_DATABASE) => {
    const { user, password, host, port } = server.address();
    return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
  };
  const backing = { embedded: true, connectionString, leave: () => server.leave() };
  try {
    await withClient(connectionString('postgres'), (client) => ensureDatabase(client, EMBEDDED_DATABASE));
  } catch (error) {
    await backing.leave();
    throw toStoreError(error);
  }
  return backing;
}

async function openGivenServer(databaseUrl: string): Promise<BackingServer> {
  const url = parseDatabaseUrl(databaseUrl);
  await withClient(url.href, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    );
    const major = Math.floor((rows[0]?.version ?? 0) / 10_000);
    if (major < OLDEST_MAJOR) {
      throw new StoreError(
        'unsupported-server',
        `DATABASE_URL names a Postgres ${major}; leakwatch needs ${OLDEST_MAJOR} or newer.`,
      );
    }
  });
  return {
    embedded: false,
    connectionString: (database) => {
      if (database === undefined) return url.href;
      const other = new URL(url);
      other.pathname = `/${encodeURIComponent(database)}`;
      return other.href;
    },
    leave: () => Promise.resolve(),
  };
}

/** Never repeats its input: an address with a typo still has a password in it. */
function parseDatabaseUrl(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  if (url === null || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')) {
    throw new StoreError(
      'bad-database-url',
      'DATABASE_URL is not the address of a Postgres database: it must look like postgres://user:password@host:5432/database. ' +
        'Without it leakwatch runs a Postgres of its own.',
    );
  }
  return url;
}

/** Runs `work` on its own connection. */
export async function withClient<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: 'leakwatch set-up',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const ALREADY_THERE = new Set(['42P04', '23505']);

async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount !== 0) return;
  await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((error: unknown) => {
    // Another process created it between the two statements.
    if (!ALREADY_THERE.has(toStoreError(error).sqlState ?? '')) throw error;
  });
}
