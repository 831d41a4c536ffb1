import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const SCRIPT = fileURLToPath(new URL('./child-store-main.ts', import.meta.url));

/** A store in a process of its own. */
export interface ChildStore {
  /** Runs one query and gives its first value; rejects with the message of what failed. */
  query(sql: string): Promise<string>;
  /** Closes the store and lets the process end. */
  close(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

export async function openChildStore(options: {
  dataDir: string;
  user?: { uid: number; gid: number };
}): Promise<ChildStore> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, options.dataDir], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options.user,
  });
  const exited = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`the child ended: ${complaints}`);
    const [kind, ...rest] = z.string().parse(line.value).split(' ');
    if (kind !== 'ok') throw new Error(rest.join(' '));
    return rest.join(' ');
  };
  await answer();
  return {
    query: (sql) => {
      child.stdin.write(`${sql}\n`);
      return answer();
    },
    close: async () => {
      child.stdin.end();
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
