import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '@leakwatch/kafka-local';
import { z } from 'zod';
import { until } from './scene.ts';

const BINARY = 'prometheus-alertmanager';

/** Whether this machine has it: Debian's package has the same name. */
export function hasAlertmanager(): boolean {
  return spawnSync(BINARY, ['--version']).status === 0;
}

const AlertsSchema = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
    generatorURL: z.string().optional(),
  }),
);

export interface Alertmanager {
  readonly url: string;
  /** The firing alerts. */
  alerts(): Promise<z.infer<typeof AlertsSchema>>;
  /** Stops it and starts it again at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A real Alertmanager on loopback, without receivers. */
export async function openAlertmanager(): Promise<Alertmanager> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-alertmanager-'));
  const config = path.join(folder, 'alertmanager.yml');
  await writeFile(config, 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n');
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  let stop = await run({ config, folder, url });
  return {
    url,
    alerts: async () => AlertsSchema.parse(await (await fetch(`${url}/api/v2/alerts`)).json()),
    restart: async () => {
      await stop();
      stop = await run({ config, folder, url });
    },
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves once it answers; gives the function that stops it. */
async function run({ config, folder, url }: Record<'config' | 'folder' | 'url', string>) {
  const server = spawn(
    BINARY,
    [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      `--web.listen-address=${new URL(url).host}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  const ended = once(server, 'close');
  await until(async () => {
    if (server.exitCode !== null) throw new Error(`${BINARY} has ended with ${server.exitCode}`);
    return await fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  return async () => {
    server.kill('SIGTERM');
    await ended;
  };
}
