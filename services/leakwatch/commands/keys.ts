import { UsageError } from '@leakwatch/runtime';
import {
  changeMasterKey,
  inventMasterKey,
  listDataKeys,
  makeDataKey,
  readMasterKey,
  rewriteWithNewest,
  type Store,
} from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { formatTable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';

interface KeysOptions {
  readonly dataDir: string;
}

export function generate(screen: Screen): void {
  screen.result(inventMasterKey());
  screen.note(
    'Keep it apart from the database and its backups. Whoever loses it loses all that was encrypted.',
  );
}

export function listKeys(options: KeysOptions & { readonly json: boolean }, screen: Screen): Promise<void> {
  return withStore(options, async (store) => {
    const keys = await listDataKeys(store.pool);
    if (options.json) for (const key of keys) screen.json(key);
    else if (keys.length === 0) screen.note(OFF);
    else {
      const rows = keys.map(({ id, master, createdAt, rewrittenAt }) => [
        ...[id, master, createdAt.toISOString()],
        rewrittenAt?.toISOString() ?? 'not yet',
      ]);
      screen.result(formatTable(['data key', 'master key', 'made', 'all encrypted with it'], rows));
    }
  });
}

const OFF = 'nothing is encrypted: no master key was ever set (docs/operate/encryption.md)';
const EXIT_LEFT = 1;

/** Encrypts everything with the newest data key, or a new one. Returns the exit code. */
export function rewrite(
  options: KeysOptions,
  { isNew }: { readonly isNew: boolean },
  screen: Screen,
): Promise<number> {
  return withStore(options, async (store) => {
    if (store.masterKey === null) throw new UsageError(OFF);
    if (isNew) screen.note(`made the data key ${await makeDataKey(store)}`);
    const done = await rewriteWithNewest(store, {
      onColumn: ({ table, column, values }) => {
        if (values > 0) screen.note(`${table}.${column}: ${values.toLocaleString('en')}`);
      },
    });
    screen.result(`${done.values.toLocaleString('en')} values encrypted with the data key ${done.keyId}`);
    if (done.deleted > 0) screen.note(`${done.deleted} older data keys deleted`);
    if (done.values > 0) screen.note(LEFT_BEHIND);
    if (done.left === 0) return 0;
    screen.problem(
      `${done.left.toLocaleString('en')} values are not encrypted with it yet: call \`leakwatch keys rewrite\` again`,
    );
    return EXIT_LEFT;
  });
}

const LEFT_BEHIND =
  'Postgres keeps the former rows until VACUUM FULL, its write-ahead log until the next checkpoints, and backups as long as you do';

export function changeMaster(
  options: KeysOptions & { readonly newKeyFile: string },
  screen: Screen,
): Promise<void> {
  return withStore(options, async (store) => {
    if (store.masterKey === null) throw new UsageError(OFF);
    const to = await readMasterKey({ file: options.newKeyFile });
    if (to === null) throw new UsageError('--new-key-file names no file');
    const count = await changeMasterKey(store, to);
    screen.result(`${count} data ${count === 1 ? 'key is' : 'keys are'} wrapped with the new master key`);
    screen.note(
      'Set it for all processes now: they need it at their next start. Backups made before need the former one.',
    );
  });
}

async function withStore<T>({ dataDir }: KeysOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const environment = await openEnvironment({ dataDir });
  try {
    return await work(environment.store);
  } finally {
    await environment.stop();
  }
}
