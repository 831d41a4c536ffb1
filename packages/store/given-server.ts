import type pg from 'pg';
import { type BackingServer } from './backing-server.ts';
import { checkFiles, parseDatabaseUrl } from './database-address.ts';
import { type ServerAddress } from './server-address.ts';
import { findPooling, type Pooling } from './session-check.ts';
import { StoreError } from './store-error.ts';
import { withClient } from './with-client.ts';
import { chooseServer } from './writable-server.ts';

const OLDEST_MAJOR = 15;
const SESSION_SETTING = 'LEAKWATCH_DATABASE_SESSION_URL';

/**
 * Looks at the Postgres of DATABASE_URL before anything is done there.
 *
 * @param urls.sessionUrl - the same database past a pooler by transaction
 * @throws StoreError saying what to set where it can not serve
 */
export async function openGivenServer(urls: {
  databaseUrl: string;
  sessionUrl?: string | undefined;
}): Promise<BackingServer> {
  const addressFor = await readServers(urls.databaseUrl);
  const look = await lookAt(addressFor);
  if (look.major < OLDEST_MAJOR) {
    throw new StoreError(
      'unsupported-server',
      `DATABASE_URL names a Postgres ${look.major}; leakwatch needs ${OLDEST_MAJOR} or newer.`,
    );
  }
  const sessionAddressFor =
    urls.sessionUrl === undefined ? addressFor : await readSessionServers(urls.sessionUrl, look.database);
  if (look.pooling === 'by-transaction' && urls.sessionUrl === undefined) {
    throw new StoreError(
      'needs-session',
      'DATABASE_URL leads through a pooler that gives each transaction another session, as PgBouncer does with pool_mode = transaction. ' +
        'leakwatch waits for news by LISTEN, which needs a session that stays. ' +
        `Set ${SESSION_SETTING} to the address of Postgres itself, or of a pool with pool_mode = session.`,
    );
  }
  return {
    embedded: false,
    pooling: look.pooling,
    address: addressFor,
    sessionAddress: sessionAddressFor,
    leave: () => Promise.resolve(),
  };
}

type AddressFor = (database?: string) => ServerAddress;

async function readServers(databaseUrl: string, setting?: string): Promise<AddressFor> {
  const servers = parseDatabaseUrl(databaseUrl, setting);
  const [first] = servers;
  await checkFiles(first, setting);
  const choice = chooseServer(servers);
  return (database) => {
    const url = () => {
      const current = new URL(choice.current());
      if (database !== undefined) current.pathname = `/${encodeURIComponent(database)}`;
      return current.href;
    };
    return servers.length === 1 ? { url } : { url, find: choice.find };
  };
}

/** A session elsewhere would hear nothing, and say nothing of it. */
async function readSessionServers(sessionUrl: string, database: string): Promise<AddressFor> {
  const addressFor = await readServers(sessionUrl, SESSION_SETTING);
  const look = await lookAt(addressFor);
  if (look.pooling === 'by-transaction') {
    throw new StoreError(
      'needs-session',
      `${SESSION_SETTING} leads through a pooler that gives each transaction another session, too: ` +
        'set it to the address of Postgres itself, or of a pool with pool_mode = session.',
    );
  }
  if (look.database !== database) {
    throw new StoreError(
      'bad-database-url',
      `${SESSION_SETTING} leads to another database than DATABASE_URL: both must reach the same.`,
    );
  }
  return addressFor;
}

async function lookAt(addressFor: AddressFor): Promise<Identity & { pooling: Pooling }> {
  return withClient(addressFor(), async (client) => ({
    ...(await identify(client)),
    pooling: await findPooling(client, (work) => withClient(addressFor(), work)),
  }));
}

interface Identity {
  readonly major: number;
  /** Tells one database from another: no two servers started in the same microsecond. */
  readonly database: string;
}

async function identify(client: pg.Client): Promise<Identity> {
  const { rows } = await client.query<{ version: number; database: string }>(
    `SELECT current_setting('server_version_num')::int AS version,
      concat_ws(' ', pg_postmaster_start_time()::text, (SELECT oid FROM pg_database WHERE datname = current_database())) AS database`,
  );
  const [row] = rows;
  return { major: Math.floor((row?.version ?? 0) / 10_000), database: row?.database ?? '' };
}
