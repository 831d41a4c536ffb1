import { appendAudit } from '@leakwatch/console/audit';
import { UsageError } from '@leakwatch/runtime';
import {
  changeMasterKey,
  decryptForGood,
  inventMasterKey,
  listDataKeys,
  makeDataKey,
  readMasterKey,
  rewriteWithNewest,
  type Store,
} from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { DecryptedSchema, MasterChangedSchema, MasterKeyMadeSchema, RewrittenSchema } from '../outcomes.ts';
import { formatTable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { listProcessStatuses } from '../status/queries/process-status.ts';
import { typedHere } from '../typed.ts';

interface KeysOptions {
  readonly dataDir: string;
}

/** A change of keys leaves a line in the audit log, with who made it. */
interface ChangeOptions extends KeysOptions {
  readonly by: string;
}

export function generate(screen: Screen): void {
  const masterKey = inventMasterKey();
  screen.outcome(MasterKeyMadeSchema, { masterKey }, masterKey);
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
  options: ChangeOptions,
  { isNew }: { readonly isNew: boolean },
  screen: Screen,
): Promise<number> {
  return withStore(options, async (store) => {
    if (store.masterKey === null) throw new UsageError(OFF);
    if (isNew) {
      const id = await makeDataKey(store);
      await appendAudit(store.pool, {
        actor: options.by,
        action: 'data-key-made',
        subject: `data key ${id}`,
      });
      screen.note(`made the data key ${id}`);
    }
    const done = await rewriteWithNewest(store, {
      onColumn: ({ table, column, values }) => {
        if (values > 0) screen.note(`${table}.${column}: ${values.toLocaleString('en')}`);
      },
    });
    const { keyId, ...detail } = done;
    await appendAudit(store.pool, {
      ...{ actor: options.by, action: 'content-encrypted', subject: `data key ${keyId}`, detail },
    });
    screen.outcome(
      RewrittenSchema,
      { keyId, isNew, values: done.values, left: done.left, deletedKeys: done.deleted },
      `${done.values.toLocaleString('en')} values encrypted with the data key ${keyId}`,
    );
    if (done.deleted > 0) screen.note(`${done.deleted} older data keys deleted`);
    if (done.values > 0) screen.note(LEFT_BEHIND);
    if (done.left === 0) return 0;
    screen.problem(
      `${done.left.toLocaleString('en')} values are not encrypted with it yet: call \`${typedHere('keys rewrite')}\` again`,
    );
    return EXIT_LEFT;
  });
}

const LEFT_BEHIND =
  'Postgres keeps the former rows until VACUUM FULL, its write-ahead log until the next checkpoints, and backups as long as you do';

export function changeMaster(
  options: ChangeOptions & { readonly newKeyFile: string },
  screen: Screen,
): Promise<void> {
  return withStore(options, async (store) => {
    if (store.masterKey === null) throw new UsageError(OFF);
    const to = await readMasterKey({ file: options.newKeyFile });
    if (to === null) throw new UsageError('--new-key-file names no file');
    const before = (await listDataKeys(store.pool)).at(-1)?.master;
    const count = await changeMasterKey(store, to);
    const after = (await listDataKeys(store.pool)).at(-1)?.master;
    await appendAudit(store.pool, {
      actor: options.by,
      action: 'master-key-changed',
      subject: `master key ${after ?? ''}`,
      detail: { before, dataKeys: count },
    });
    screen.outcome(
      MasterChangedSchema,
      { before: before ?? null, master: after ?? null, dataKeys: count },
      `${count} data ${count === 1 ? 'key is' : 'keys are'} wrapped with the new master key`,
    );
    screen.note(
      'Set it for all processes now: they need it at their next start. Backups made before need the former one.',
    );
  });
}

/** A process that wrote its status within this time may still run. */
const MAY_RUN_SECONDS = 60;

/** Decrypts everything and deletes the keys. Returns the exit code. */
export function decrypt(
  options: ChangeOptions & { readonly reason: string },
  screen: Screen,
): Promise<number> {
  return withStore(options, async (store) => {
    if (store.masterKey === null) throw new UsageError(OFF);
    const running = (await listProcessStatuses(store.pool)).filter(
      ({ silentSeconds }) => silentSeconds < MAY_RUN_SECONDS,
    );
    if (running.length > 0) {
      throw new UsageError(
        `stop all processes first, since they encrypt what they write: ${running.map(({ name, host, pid }) => `${name} (${host}, ${pid})`).join(', ')}`,
      );
    }
    const act = { actor: options.by, subject: 'database' };
    await appendAudit(store.pool, { ...act, action: 'decryption-begun', detail: { reason: options.reason } });
    const done = await decryptForGood(store, {
      onColumn: ({ table, column, values }) => {
        if (values > 0) screen.note(`${table}.${column}: ${values.toLocaleString('en')}`);
      },
      endWith: (tx, { values, keys }) =>
        appendAudit(tx, { ...act, action: 'decrypted', detail: { values, dataKeys: keys } }),
    });
    const outcome = { values: done.values, left: done.left, deletedKeys: done.keys };
    if (done.left > 0) {
      screen.outcome(DecryptedSchema, outcome, null);
      screen.problem(
        `${done.left.toLocaleString('en')} values were encrypted meanwhile, and the keys stay: stop all processes and call it again`,
      );
      return EXIT_LEFT;
    }
    screen.outcome(
      DecryptedSchema,
      outcome,
      `${done.values.toLocaleString('en')} values decrypted, ${done.keys} data ${done.keys === 1 ? 'key' : 'keys'} deleted`,
    );
    screen.note(
      'Take the master key out of the settings of every process before you start one: with it, encryption begins anew. Backups made before need it.',
    );
    return 0;
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
