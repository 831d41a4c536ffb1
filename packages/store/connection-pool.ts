import pg from 'pg';
import { unprepared } from './prepared-statement.ts';
import { type NamedQuery } from './queryable.ts';
import { type Sealer, withSealedValues } from './sealing/sealer.ts';
import { clientOf, type ServerAddress } from './server-address.ts';
import { type Pooling } from './session-check.ts';
import { toStoreError } from './to-store-error.ts';

/** How long a statement may take, with its wait for locks, before its connection counts as lost. */
const DEFAULT_ANSWER_MS = 60_000;

/**
 * A pool of pg that throws StoreErrors and survives its server. It drops broken connections, and asks `address` for
 * each new one. A connection without an answer for `answerMs` counts as broken: a network that has lost one does not
 * say so. Its queries seal secrets and open what is sealed; a client that it lends does not.
 */
export function openPool(
  address: ServerAddress,
  options: {
    applicationName: string;
    onNotice: (line: string) => void;
    sealer: Sealer;
    pooling: Pooling;
    answerMs?: number | undefined;
  },
): pg.Pool {
  const answerMs = options.answerMs ?? DEFAULT_ANSWER_MS;
  const pool = new pg.Pool({
    Client: clientOf(address),
    max: 10,
    connectionTimeoutMillis: 10_000,
    query_timeout: answerMs,
    ...(options.pooling === 'none' ? limitsOf(answerMs) : {}),
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: options.applicationName,
  });
  // An idle connection that breaks has no query to fail: the pool drops it, and we only report it. A pool that is
  // ending has released its connections, though the server may cut them before they have closed.
  pool.on('error', (error) => {
    if (pool.ending) return;
    options.onNotice(`an idle connection to the database broke: ${toStoreError(error).message}`);
  });
  pool.on('connect', outliveBreaks);
  return withStoreErrors(pool, options);
}

/**
 * Limits of the server for our sessions, whatever those of the role. A pooler has its own, and refuses connections that ask for
 * others.
 */
function limitsOf(answerMs: number): pg.PoolConfig {
  return {
    // The server's side of the same timeout: it releases the locks of a lost connection long before TCP gives up.
    idle_in_transaction_session_timeout: answerMs,
    // The pool closes idle connections by itself: one that the server has just cut would fail the next statement.
    options: '-c idle_session_timeout=0',
  };
}

/** A client that is checked out and idle may break, too: its next query fails, which is enough. */
function outliveBreaks(client: pg.ClientBase): void {
  client.on('error', () => undefined);
}

function withStoreErrors(pool: pg.Pool, { sealer, pooling }: { sealer: Sealer; pooling: Pooling }): pg.Pool {
  const query = async (query: string | NamedQuery, values?: unknown[]): Promise<pg.QueryResult> => {
    try {
      await sealer.prepare();
      const sealed = withSealedValues(sealer, query, values);
      const answer = await pool.query(pooling === 'by-transaction' ? unprepared(sealed) : sealed);
      await sealer.open(answer.rows);
      return answer;
    } catch (error) {
      throw toStoreError(error);
    }
  };
  const connect = () => pool.connect().catch((error: unknown) => Promise.reject(toStoreError(error)));
  const translated = new Map<string | symbol, unknown>([
    ['query', query],
    ['connect', connect],
  ]);
  return new Proxy(pool, {
    get(target, property): unknown {
      const own = translated.get(property);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
