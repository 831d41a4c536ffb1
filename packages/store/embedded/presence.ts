import pg from 'pg';
import { toStoreError } from '../to-store-error.ts';
import { type StoreError } from '../store-error.ts';

/**
 * Tells the processes that share an embedded server of each other. Each holds a connection with a shared advisory lock;
 * one that gets the lock exclusively is alone. The server keeps the account: a killed process drops out at once, and no
 * lock file can be wrong.
 */
const PRESENCE_LOCK = "hashtextextended('leakwatch: who uses this server', 0)";

export type PresenceAnswer =
  | { readonly kind: 'present'; readonly client: pg.Client }
  /** The last user is stopping the server: it will be gone in a moment. */
  | { readonly kind: 'stopping' }
  | { readonly kind: 'unreachable'; readonly error: StoreError };

/** Connects and registers us as a user of the server, until the connection ends. */
export async function bePresent(config: pg.ClientConfig): Promise<PresenceAnswer> {
  const client = new pg.Client({
    ...config,
    // Advisory locks are per database: everyone uses the one that every cluster has.
    database: 'postgres',
    application_name: 'leakwatch presence',
    connectionTimeoutMillis: 10_000,
  });
  // An error without a listener would end the process; the caller acts on 'end'.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(`SELECT pg_try_advisory_lock_shared(${PRESENCE_LOCK}) AS here`);
    if (isTrue(rows, 'here')) return { kind: 'present', client };
    await client.end();
    return { kind: 'stopping' };
  } catch (error) {
    await client.end().catch(() => undefined);
    return { kind: 'unreachable', error: toStoreError(error) };
  }
}

/**
 * Gives up our share and says whether no other process is left. Then none can come either, as long as `client` lives.
 */
export async function becomeLast(client: pg.Client): Promise<boolean> {
  await client.query(`SELECT pg_advisory_unlock_shared(${PRESENCE_LOCK})`);
  const { rows } = await client.query(`SELECT pg_try_advisory_lock(${PRESENCE_LOCK}) AS alone`);
  return isTrue(rows, 'alone');
}

function isTrue(rows: readonly Record<string, unknown>[], column: string): boolean {
  return rows[0]?.[column] === true;
}
