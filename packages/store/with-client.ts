import type pg from 'pg';
import { clientOf, type ServerAddress } from './server-address.ts';
import { toStoreError } from './to-store-error.ts';

/** Runs `work` on its own connection. */
export async function withClient<T>(
  address: ServerAddress,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new (clientOf(address))({
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
