import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const RunningSchema = z.object({ pids: z.array(z.int()).min(1), brokers: z.array(z.string()) });
/** The brokers that `kafka:up` left running. */
export type Running = z.infer<typeof RunningSchema>;

const STOP_MS = 30_000;

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'running.json');
}

export async function remember(dataDir: string, running: Running): Promise<void> {
  await writeFile(pidFile(dataDir), JSON.stringify(running));
}

/** Finds the brokers that run on a folder; undefined if none of them does. */
export async function findRunning(dataDir: string): Promise<Running | undefined> {
  if (!existsSync(pidFile(dataDir))) return undefined;
  const running = RunningSchema.parse(JSON.parse(await readFile(pidFile(dataDir), 'utf8')));
  const alive = await Promise.all(running.pids.map((pid) => isBrokerOf(dataDir, pid)));
  return alive.includes(true) ? running : undefined;
}

/** Sends SIGTERM, then SIGKILL after 30 seconds. */
export async function stopRunning(dataDir: string, { pids }: Running): Promise<void> {
  await Promise.all(pids.map((pid) => stopOne(dataDir, pid)));
  await rm(pidFile(dataDir), { force: true });
}

async function stopOne(dataDir: string, pid: number): Promise<void> {
  if (!(await isBrokerOf(dataDir, pid))) return;
  process.kill(pid, 'SIGTERM');
  const until = performance.now() + STOP_MS;
  while (await isBrokerOf(dataDir, pid)) {
    if (performance.now() > until) process.kill(pid, 'SIGKILL');
    await sleep(50);
  }
}

/** Tells whether the process is a broker on that folder; the system may have reused the pid. */
function isBrokerOf(dataDir: string, pid: number): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('ps', ['-p', String(pid), '-o', 'args='], (_noSuchProcess, command) =>
      resolve(command.includes(`${dataDir}${path.sep}`) && command.includes('server.properties')),
    );
  });
}
