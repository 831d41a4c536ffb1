import { createInterface } from 'node:readline';
import { openStore } from '../../open-store.ts';

const [, , dataDir = ''] = process.argv;

function answer(kind: 'ok' | 'failed', what: unknown): void {
  process.stdout.write(`${kind} ${String(what).replaceAll('\n', ' ')}\n`);
}

try {
  const store = await openStore({ dataDir, migrate: false });
  answer('ok', 'open');
  for await (const sql of createInterface({ input: process.stdin })) {
    await store.pool.query<Record<string, unknown>>(sql).then(
      ({ rows }) => answer('ok', Object.values(rows[0] ?? {})[0]),
      (error: unknown) => answer('failed', error),
    );
  }
  await store.close();
} catch (error) {
  answer('failed', error);
}
