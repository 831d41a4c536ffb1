import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const RunningSchema = z.object({ pid: z.int(), brokers: z.array(z.string()) });
/** A broker that runs on behind `kafka:up`. */
export type Running = z.infer<typeof RunningSchema>;

const STOP_MS = 30_000;

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'running.json');
}

export async function remember(dataDir: string, running: Running): Promise<void> {
  await writeFile(pidFile(dataDir), JSON.stringify(running));
}

/** The broker that runs on this folder, if one does. */
export async function findRunning(dataDir: string): Promise<Running | undefined> {
  if (!existsSync(pidFile(dataDir))) return undefined;
  const running = RunningSchema.parse(JSON.parse(await readFile(pidFile(dataDir), 'utf8')));
  return (await isBrokerOf(dataDir, running.pid)) ? running : undefined;
}

/** SIGTERM; SIGKILL if it isn't gone in 30 seconds. */
export async function stopRunning(dataDir: string, { pid }: Running): Promise<void> {
  process.kill(pid, 'SIGTERM');
  const until = performance.now() + STOP_MS;
  while (await isBrokerOf(dataDir, pid)) {
    if (performance.now() > until) process.kill(pid, 'SIGKILL');
    await sleep(50);
  }
  await rm(pidFile(dataDir), { force: true });
}

/** Whether the process is a broker on that folder: a pid may have gone to a stranger since. */
function isBrokerOf(dataDir: string, pid: number): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('ps', ['-p', String(pid), '-o', 'args='], (_noSuchProcess, command) =>
      resolve(command.includes(path.join(dataDir, 'server.properties'))),
    );
  });
}
