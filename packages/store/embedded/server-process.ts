import { spawn } from 'node:child_process';
import { asSpawnUser, type ServerUser } from './server-user.ts';

/**
 * Passes only what Postgres needs: no PG* variable of the caller's shell, and a plain locale, which keeps its messages
 * readable to us and its start single-threaded on macOS.
 */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/**
 * The path by which the server finds its cluster. It starts inside the cluster's directory. Another user may own that
 * directory and be unable to walk there (a checkout below /root, mode 0700); on Linux this link leads into the working
 * directory without a walk.
 */
export function clusterArgument(clusterDirectory: string, user: ServerUser | null): string {
  return user !== null && process.platform === 'linux' ? '/proc/self/cwd' : clusterDirectory;
}

export interface ToolRun {
  readonly status: number | null;
  /** Its output, both streams. */
  readonly output: string;
}

/** Runs one of Postgres's tools to its end. `stdin` is a file descriptor. */
export function runTool(
  file: string,
  args: readonly string[],
  options: { cwd: string; user: ServerUser | null; stdin?: number },
): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: SERVER_ENVIRONMENT,
      stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
      ...asSpawnUser(options.user),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}
