import { pause, retry } from '@leakwatch/runtime/waiting';
import pg from 'pg';
import { clientOf, type ServerAddress } from './server-address.ts';
import { StoreError } from './store-error.ts';
import { toStoreError } from './to-store-error.ts';

type Handler = (payload: string) => void;

export interface Listener {
  listen(channel: string, onMessage: Handler): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const BACK_OFF = { firstMs: 50, longestMs: 2_000 };

/**
 * Hears NOTIFY for this process over one connection, opened at the first `listen` and again after it breaks. Then every
 * handler is called with an empty payload: it may have missed notifications.
 */
export function createListener(
  address: ServerAddress,
  options: { applicationName: string; onNotice: (line: string) => void },
): Listener {
  const handlers = new Map<string, Set<Handler>>();
  const closing = new AbortController();
  let connecting: Promise<pg.Client> | null = null;
  let lastRun = Promise.resolve();

  const openClient = async (): Promise<pg.Client> => {
    const client = new (clientOf(address))({
      application_name: `${options.applicationName} listener`,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // 'end' follows every error that breaks the connection, and acts on it.
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload }) => {
      for (const handler of handlers.get(channel) ?? []) handler(payload ?? '');
    });
    try {
      await client.connect();
      // It is idle by its nature: a limit for forgotten sessions would cut it again and again.
      await client.query('SET idle_session_timeout = 0');
      for (const channel of handlers.keys()) await client.query(listenTo(channel));
    } catch (error) {
      await client.end().catch(() => undefined);
      throw toStoreError(error);
    }
    client.once('end', () => {
      if (!closing.signal.aborted) connecting = reconnect();
    });
    return client;
  };

  const attempt = async (): Promise<pg.Client> => {
    if (closing.signal.aborted) throw new StoreError('closed', 'the store is closed');
    return openClient();
  };
  const shouldRetry = (error: unknown): boolean => {
    const { code, message } = toStoreError(error);
    if (code === 'closed') return false;
    options.onNotice(`can't listen to the database: ${message}`);
    return true;
  };
  const connect = () => retry(attempt, { backOff: BACK_OFF, shouldRetry, signal: closing.signal });

  const reconnect = async (): Promise<pg.Client> => {
    const client = await connect();
    for (const handler of [...handlers.values()].flatMap((set) => [...set])) handler('');
    return client;
  };

  const close = async () => {
    closing.abort();
    const client = await connecting?.catch(() => null);
    await client?.end();
  };

  /** Runs a statement. If the connection breaks, the next one listens to every channel with handlers. */
  const runOnCurrent = async (sql: string): Promise<void> => {
    connecting ??= connect();
    const client = await connecting;
    await client.query(sql).catch(async (error: unknown) => {
      if (!toStoreError(error).canRetry) throw toStoreError(error);
      if (!closing.signal.aborted) await nextConnection(client);
    });
  };

  /** Runs statements one after the other: a connection of pg takes one at a time. */
  const runInTurn = (sql: string): Promise<void> => {
    const run = lastRun.then(() => runOnCurrent(sql));
    lastRun = run.catch(() => undefined);
    return run;
  };

  const nextConnection = async (broken: pg.Client): Promise<void> => {
    while ((await connecting) === broken) await pause(10, closing.signal);
  };

  return {
    close,
    listen: async (channel, onMessage) => {
      const set = handlers.get(channel) ?? new Set<Handler>();
      handlers.set(channel, set.add(onMessage));
      await runInTurn(listenTo(channel));
      return async () => {
        set.delete(onMessage);
        if (set.size > 0 || handlers.get(channel) !== set) return;
        handlers.delete(channel);
        if (!closing.signal.aborted) await runInTurn(`UN${listenTo(channel)}`);
      };
    },
  };
}

function listenTo(channel: string): string {
  return `LISTEN ${pg.escapeIdentifier(channel)}`;
}
