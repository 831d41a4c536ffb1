import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The user that runs the server, if that is not ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** The uid and gid of `nobody` on Linux, for systems whose passwd file has no such line. */
const NOBODY = 65534;

/**
 * Postgres refuses to run as root. So root runs it as the owner of the cluster, and creates a new cluster for `nobody`.
 * Null for anyone else, who runs it as himself.
 */
export async function chooseServerUser(clusterDirectory: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(clusterDirectory).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: await lookUp('-u'), gid: await lookUp('-g') };
}

async function lookUp(flag: '-u' | '-g'): Promise<number> {
  const answer = await promisify(execFile)('id', [flag, 'nobody']).catch(() => null);
  const id = answer === null ? NaN : Number.parseInt(answer.stdout, 10);
  // macOS writes nobody's id as -2; chown wants it unsigned.
  return Number.isInteger(id) ? id >>> 0 : NOBODY;
}

/** In the form that `spawn` takes: signed. */
export function asSpawnUser(user: ServerUser | null): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid | 0, gid: user.gid | 0 };
}
