import pg from 'pg';
import { toStoreError } from '../to-store-error.ts';
import { type StoreError } from '../store-error.ts';

/**
 * How the processes that share an embedded server know of each other: each holds one connection with a shared advisory
 * lock, and who gets that lock exclusively is alone. The server itself keeps the account, so a process that is killed
 * drops out of it at once, and no lock file can lie.
 */
const PRESENCE_LOCK = "hashtextextended('leakwatch: who uses this server', 0)";

export type PresenceAnswer =
  | { readonly kind: 'present'; readonly client: pg.Client }
  /** The last user is stopping the server: it will be gone in a moment. */
  | { readonly kind: 'stopping' }
  | { readonly kind: 'unreachable'; readonly error: StoreError };

/** Connects and says that we use the server from now on, until the connection ends. */
export async function bePresent(config: pg.ClientConfig): Promise<PresenceAnswer> {
  const client = new pg.Client({
    ...config,
    // The lock's account is per database: everyone takes it in the one that every cluster has.
    database: 'postgres',
    application_name: 'leakwatch presence',
    connectionTimeoutMillis: 10_000,
  });
  // An error without a listener would end the process; what follows from it is the caller's business, by 'end'.
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

/** Gives up our share and says whether nobody else is left; then nobody can come either, as long as `client` lives. */
export async function becomeLast(client: pg.Client): Promise<boolean> {
  await client.query(`SELECT pg_advisory_unlock_shared(${PRESENCE_LOCK})`);
  const { rows } = await client.query(`SELECT pg_try_advisory_lock(${PRESENCE_LOCK}) AS alone`);
  return isTrue(rows, 'alone');
}

function isTrue(rows: readonly Record<string, unknown>[], column: string): boolean {
  return rows[0]?.[column] === true;
}
