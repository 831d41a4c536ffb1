import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A line of /etc/passwd. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const NumberSchema = z.string().regex(/^\d+$/).transform(Number);

/** The system's accounts; none where there is no such file. */
export async function listAccounts(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':');
    const ids = z.tuple([NumberSchema, NumberSchema]).safeParse([uid, gid]);
    return name !== '' && ids.success ? [{ name, uid: ids.data[0], gid: ids.data[1] }] : [];
  });
}

/** The uids of all processes, real, effective and saved. Null where there is no /proc to ask. */
export async function listRunningUids(): Promise<ReadonlySet<number> | null> {
  const names = await readdir('/proc').catch(() => []);
  const processes = names.filter((name) => /^\d+$/.test(name));
  if (processes.length === 0) return null;
  const uids = new Set<number>();
  for (const pid of processes) {
    // A process may end while we look.
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    for (const uid of /^Uid:\s+(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? []) uids.add(Number(uid));
  }
  return uids;
}
