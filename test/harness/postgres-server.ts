/** Postgres servers as an operator runs them: Debian's, of the oldest version that leakwatch serves. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '@leakwatch/kafka-local';
import { openStore, type Store } from '@leakwatch/store';
import { onTestFinished } from 'vitest';
import { waitFor } from './wait-for.ts';

const execute = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
const ADMIN = 'admin';
const PASSWORD = 'a password of the test';

/** The folder of the programs; null where they are not installed. */
function findPrograms(): string | null {
  if (!existsSync(DEBIAN)) return null;
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => path.join(DEBIAN, version, 'bin')).find(isWhole) ?? null;
}

function isWhole(folder: string): boolean {
  return ['initdb', 'postgres', 'pg_basebackup', 'pg_dump', 'pg_restore'].every((name) =>
    existsSync(path.join(folder, name)),
  );
}

export const PROGRAMS = findPrograms();

/** Postgres refuses to run as root: there it runs as the user of Debian's package. */
export function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [, , uid, gid] = /^postgres:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

export interface PostgresServer {
  readonly port: number;
  /** The folder of the data. */
  readonly data: string;
  /** The address of a database, for its administrator or for another role with the same password. */
  url(database: string, role?: string): string;
  /** Runs statements as the administrator, one after the other. */
  run(statements: readonly string[], database?: string): Promise<void>;
  /** kill -9 of the whole server. */
  crash(): Promise<void>;
  /** Starts it on the same data. */
  start(): Promise<void>;
}

/** A new server of this test. */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const folder = await makeFolder();
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');
  await writeFile(passwordFile, PASSWORD);
  await own(passwordFile);
  const how = ['--auth=scram-sha-256', `--username=${ADMIN}`, `--pwfile=${passwordFile}`, '--no-sync'];
  await runProgram('initdb', ['-D', data, ...how, '--encoding=UTF8', '--locale=C.UTF-8']);
  await appendFile(path.join(data, 'pg_hba.conf'), 'host replication all 127.0.0.1/32 scram-sha-256\n');
  return serve(data, settings);
}

/** A server that follows another one, as a copy of it that is always at hand. */
export async function startStandby(primary: PostgresServer): Promise<PostgresServer> {
  const data = path.join(await makeFolder(), 'data');
  const source = `${primary.url('postgres')}?application_name=standby`;
  await runProgram('pg_basebackup', [
    '-D',
    data,
    '-d',
    source,
    '-R',
    '-X',
    'stream',
    '--no-sync',
    '-c',
    'fast',
  ]);
  return serve(data, { hot_standby: 'on' });
}

/** Runs one of Postgres's programs to its end, as the server's user. */
export async function runProgram(name: string, args: readonly string[]): Promise<string> {
  if (PROGRAMS === null) throw new Error('Postgres is not installed');
  const { stdout } = await execute(path.join(PROGRAMS, name), [...args], { ...serverUser(), cwd: '/' });
  return stdout;
}

/** A folder of the server's user, removed after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-postgres-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await own(folder);
  return folder;
}

/** Gives a file to the server's user. */
export async function own(file: string): Promise<void> {
  const user = serverUser();
  if (user !== undefined) await chown(file, user.uid, user.gid);
}

async function serve(data: string, settings: Readonly<Record<string, string>>): Promise<PostgresServer> {
  const [port = 0] = await freePorts(1);
  let child: ChildProcess | null = null;
  let said = '';
  const url = (database: string, role = ADMIN) =>
    `postgres://${role}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;

  const withDatabase = async <T>(database: string, work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({
      databaseUrl: url(database),
      dataDir: '',
      migrate: false,
      readsNothing: true,
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const start = async () => {
    const all = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(port),
      ...settings,
    };
    const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const started = spawn(path.join(PROGRAMS ?? '', 'postgres'), ['-D', data, ...flags], {
      ...serverUser(),
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    started.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-20_000)));
    await waitFor(
      'Postgres to answer',
      () => {
        if (started.exitCode !== null) throw new Error(`Postgres ended with ${started.exitCode}: ${said}`);
        return withDatabase('postgres', (store) => store.ping()).then(
          () => true,
          () => false,
        );
      },
      () => said,
    );
  };
  const end = async (signal: NodeJS.Signals) => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  };
  onTestFinished(() => end('SIGQUIT'));
  await start();
  return {
    ...{ port, data, url, start },
    run: (statements, database = 'postgres') =>
      withDatabase(database, async (store) => {
        for (const statement of statements) await store.pool.query(statement);
      }),
    crash: () => end('SIGKILL'),
  };
}

/** Makes a certificate of two days for a host, which is its own authority. Gives the files that the server reads. */
export async function makeServerCertificate(host: string): Promise<{ certificate: string; key: string }> {
  const folder = await makeFolder();
  await mkdir(folder, { recursive: true });
  const [certificate, key] = [path.join(folder, 'server.crt'), path.join(folder, 'server.key')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const name = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  await execute('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', certificate, ...name], {
    ...serverUser(),
    cwd: folder,
  });
  return { certificate, key };
}

/** The statements that an administrator runs once for leakwatch: a role that owns its database, and may do no more. */
export const ORDINARY_ROLE = [
  `CREATE ROLE leakwatch LOGIN PASSWORD '${PASSWORD}'`,
  'CREATE DATABASE leakwatch OWNER leakwatch',
  'CREATE ROLE leakwatch_console NOLOGIN',
  'GRANT leakwatch_console TO leakwatch',
];
