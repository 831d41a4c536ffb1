import pg from 'pg';
import { useEmbeddedServer } from './embedded-postgres.ts';
import { openGivenServer } from './given-server.ts';
import { type BackingServer } from './backing-server.ts';
import { type ServerAddress } from './server-address.ts';
import { toStoreError } from './to-store-error.ts';
import { withClient } from './with-client.ts';

const EMBEDDED_DATABASE = 'leakwatch';

/**
 * @param options.databaseUrl - postgres://user:password@host:port/database; without it (or empty) the embedded server is used
 * @param options.sessionUrl - the same database past a pooler by transaction
 */
export async function openBackingServer(options: {
  databaseUrl?: string | undefined;
  sessionUrl?: string | undefined;
  dataDir: string;
  onNotice: (line: string) => void;
}): Promise<BackingServer> {
  const { databaseUrl = '', sessionUrl } = options;
  if (databaseUrl.trim() !== '') return openGivenServer({ databaseUrl: databaseUrl.trim(), sessionUrl });
  const server = await useEmbeddedServer(options);
  const address = (database = EMBEDDED_DATABASE): ServerAddress => ({
    url: () => {
      const { user, password, host, port } = server.address();
      return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
    },
  });
  const leave = () => server.leave();
  const backing = { embedded: true, pooling: 'none' as const, address, sessionAddress: address, leave };
  try {
    await withClient(address('postgres'), (client) => ensureDatabase(client, EMBEDDED_DATABASE));
  } catch (error) {
    await backing.leave();
    throw toStoreError(error);
  }
  return backing;
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
