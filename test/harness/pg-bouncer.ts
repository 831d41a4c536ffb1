import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '@leakwatch/kafka-local';
import { onTestFinished } from 'vitest';
import { makeFolder, own, serverUser, type PostgresServer } from './postgres-server.ts';

const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((file) => existsSync(file));
export const HAS_PG_BOUNCER = PROGRAM !== undefined;

/** Starts PgBouncer before a server. Gives the address of a database through it. */
export async function startPgBouncer(
  server: PostgresServer,
  settings: Readonly<Record<string, string>>,
): Promise<{ url(database: string, role: string): string }> {
  const folder = await makeFolder();
  const [port = 0] = await freePorts(1);
  const { password } = new URL(server.url('postgres'));
  const users = path.join(folder, 'users.txt');
  await writeFile(users, `"leakwatch" "${decodeURIComponent(password)}"\n`);
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: users,
    ...settings,
  };
  const file = path.join(folder, 'pgbouncer.ini');
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  await writeFile(
    file,
    ['[databases]', `* = host=127.0.0.1 port=${server.port}`, '[pgbouncer]', ...lines, ''].join('\n'),
  );
  await Promise.all([own(users), own(file)]);
  const child = spawn(PROGRAM ?? '', [file], {
    ...serverUser(),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('process up')) resolve();
    });
    child.once('exit', () => reject(new Error(`PgBouncer ended: ${said}`)));
  });
  return {
    url: (database, role) => {
      const url = new URL(server.url(database, role));
      url.port = String(port);
      return url.href;
    },
  };
}
