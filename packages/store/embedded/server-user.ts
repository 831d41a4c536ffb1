import { randomInt } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { StoreError } from '../store-error.ts';
import { listAccounts, listRunningUids } from './accounts.ts';
import { isFileError } from './file-errors.ts';

/** The user that runs the server, if that is not ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** The owner of clusters that earlier versions made as root. Any process of that user could take them over. */
export const NOBODY = 65534;

/** The account that an operator may make for the server. */
const ACCOUNT = 'leakwatch';

/** No distribution gives these uids out, and containers that map 65,536 uids have them. */
const FREE_UIDS = { from: 60_578, to: 61_184 } as const;

const CHOICE_FILE = 'server-uid';
const ChoiceSchema = z.object({ uid: z.number().int().positive(), gid: z.number().int().positive() });

/**
 * Postgres refuses to run as root. So root runs it as the owner of the cluster. A cluster that is new, or that an
 * earlier version left to `nobody`, gets a user of its own. Null for anyone else, who runs the server as himself.
 */
export async function chooseServerUser(home: string, clusterDirectory: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(clusterDirectory).catch(() => null);
  const mustLeave = await isLeftToNobody(home, clusterDirectory);
  if (owner !== null && owner.uid !== 0 && !mustLeave) return { uid: owner.uid, gid: owner.gid };
  return (await readChoice(home)) ?? (await choose(home));
}

/** Whether root made the cluster and left it to `nobody`. One in a folder of nobody's own is that user's. */
export async function isLeftToNobody(home: string, clusterDirectory: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const [above, owner] = await Promise.all([stat(home), stat(clusterDirectory).catch(() => null)]);
  return above.uid === 0 && owner?.uid === NOBODY;
}

async function readChoice(home: string): Promise<ServerUser | null> {
  const text = await readFile(path.join(home, CHOICE_FILE), 'utf8').catch((error: unknown) => {
    if (isFileError(error, 'ENOENT')) return null;
    throw error;
  });
  return text === null ? null : ChoiceSchema.parse(JSON.parse(text));
}

/** Several processes may choose at once: the first one's file stands, and the others take its choice. */
async function choose(home: string): Promise<ServerUser> {
  const chosen = await findOwnUser();
  const file = path.join(home, CHOICE_FILE);
  const written = `${file}-${process.pid}`;
  await writeFile(written, `${JSON.stringify(chosen)}\n`, { mode: 0o600, flush: true });
  try {
    await link(written, file);
    return chosen;
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error;
    return (await readChoice(home)) ?? chosen;
  } finally {
    await rm(written, { force: true });
  }
}

/** The account made for it, else a uid that no account and no process has. */
async function findOwnUser(): Promise<ServerUser> {
  const accounts = await listAccounts();
  const made = accounts.find(({ name }) => name === ACCOUNT);
  if (made !== undefined && made.uid > 0 && made.gid > 0) return { uid: made.uid, gid: made.gid };
  const running = await listRunningUids();
  if (running === null) {
    throw new StoreError(
      'data-dir-denied',
      `root can't run the embedded Postgres here without an account of its own. Make one called ${ACCOUNT}, ` +
        'run leakwatch as an ordinary user, or set DATABASE_URL.',
    );
  }
  const taken = new Set([...running, ...accounts.flatMap(({ uid, gid }) => [uid, gid])]);
  const size = FREE_UIDS.to - FREE_UIDS.from;
  const first = randomInt(size);
  for (let step = 0; step < size; step += 1) {
    const uid = FREE_UIDS.from + ((first + step) % size);
    if (!taken.has(uid)) return { uid, gid: uid };
  }
  throw new StoreError(
    'data-dir-denied',
    `no uid from ${FREE_UIDS.from} to ${FREE_UIDS.to - 1} is free for the embedded Postgres. Make an account called ${ACCOUNT}.`,
  );
}

/** In the form that `spawn` takes: signed. */
export function asSpawnUser(user: ServerUser | null): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid | 0, gid: user.gid | 0 };
}
