import { chmod, cp, lchown, lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from '../store-error.ts';
import { isServing, readPostmaster } from './postmaster.ts';
import { NOBODY, isLeftToNobody, type ServerUser } from './server-user.ts';

/**
 * Takes a cluster from `nobody`, to whom earlier versions left it, and gives it to a user of its own. A server that
 * runs already keeps its user until its next start. The directory itself comes last, so a hand-over that was cut short
 * is done again.
 *
 * @returns the place with the user that its server has
 */
export async function takeFromNobody<
  Place extends { readonly home: string; readonly cluster: string; readonly user: ServerUser | null },
>(place: Place, onNotice: (line: string) => void): Promise<Place> {
  const { home, cluster, user } = place;
  if (user === null || user.uid === NOBODY || !(await isLeftToNobody(home, cluster))) return place;
  const postmaster = await readPostmaster(cluster);
  if (postmaster !== null && (await isServing(postmaster, cluster))) {
    onNotice('Postgres runs as nobody, whose other processes can read the data; stop all of leakwatch once');
    return { ...place, user: { uid: NOBODY, gid: (await stat(cluster)).gid } };
  }
  await chownTree(cluster, new Set([NOBODY]), user);
  onNotice(`the data of Postgres belonged to nobody and now belongs to uid ${user.uid}`);
  return place;
}

/**
 * Copies a new cluster into files that only `user` has ever owned: whoever made it may still hold the others open.
 * Refuses anything but files and directories.
 */
export async function copyForUser(from: string, to: string, user: ServerUser): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() && !entry.isDirectory()) {
      throw new StoreError('start-failed', `a new cluster of Postgres holds a strange file, ${entry.name}`);
    }
  }
  await cp(from, to, { recursive: true, dereference: false, errorOnExist: true, force: false });
  await chmod(to, 0o700);
  // Node 22 leaves a copied file to the owner of the original, and Node 20 does not.
  await chownTree(to, new Set([(await stat(from)).uid, (await stat(to)).uid]), user);
}

/** Gives away what the `owners` have, links as links; the top last. */
async function chownTree(top: string, owners: ReadonlySet<number>, user: ServerUser): Promise<void> {
  for (const entry of await readdir(top, { recursive: true, withFileTypes: true })) {
    await chownOne(path.join(entry.parentPath, entry.name), owners, user);
  }
  await chownOne(top, owners, user);
}

async function chownOne(file: string, owners: ReadonlySet<number>, user: ServerUser): Promise<void> {
  const found = await lstat(file);
  if (owners.has(found.uid)) await lchown(file, user.uid, user.gid);
}
