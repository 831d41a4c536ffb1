import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Log line of a broker that serves its listeners. */
const READY = 'Kafka Server started';
/** Time after which a start counts as failed. */
const START_MS = 120_000;

const JVM = [
  '-XX:+UseSerialGC',
  `-Dlog4j2.configurationFile=${path.join(import.meta.dirname, 'log4j2.properties')}`,
];

export interface BrokerFiles {
  /** The folder with the jars. */
  readonly jars: string;
  readonly properties: string;
  /** File of the broker's output. */
  readonly logFile: string;
}

export interface StorageOptions {
  /** Brokers of one cluster share it. */
  readonly clusterId: string;
  /** Whether the settings name all controllers of the cluster; otherwise this one is the only one. */
  readonly hasVoters: boolean;
  /** Users of SASL/SCRAM-SHA-512: name → password. */
  readonly users: Readonly<Record<string, string>>;
}

export function newClusterId(): string {
  return randomBytes(16).toString('base64url');
}

/** Formats the data folder for a broker; needed once. */
export async function formatStorage(
  { jars, properties }: BrokerFiles,
  { clusterId, hasVoters, users }: StorageOptions,
): Promise<void> {
  await run('java', [
    ...JVM,
    '-XX:TieredStopAtLevel=1',
    '-cp',
    path.join(jars, '*'),
    'kafka.tools.StorageTool',
    'format',
    ...(hasVoters ? [] : ['--standalone']),
    // One word: an id that begins with a hyphen would be taken for an option.
    `--cluster-id=${clusterId}`,
    '--config',
    properties,
    ...Object.entries(users).flatMap(([name, password]) => [
      '--add-scram',
      `SCRAM-SHA-512=[name=${name},password=${password}]`,
    ]),
  ]);
}

/**
 * Starts a broker; resolves once it serves. `detached` lets it outlive this process.
 * @throws Error with the end of the broker's log when it ends or is not ready in time
 */
export async function startBroker(
  files: BrokerFiles,
  { heapMb, detached }: { heapMb: number; detached: boolean },
): Promise<ChildProcess> {
  const output = openSync(files.logFile, 'w');
  const broker = spawn(
    'java',
    [
      `-Xms${heapMb}m`,
      `-Xmx${heapMb}m`,
      '-XX:+ExitOnOutOfMemoryError',
      ...JVM,
      '-cp',
      path.join(files.jars, '*'),
      'kafka.Kafka',
      files.properties,
    ],
    { stdio: ['ignore', output, output], detached },
  );
  closeSync(output);
  await once(broker, 'spawn');
  // A process that exits without stopping its broker must not leave it running.
  const killWithUs = () => broker.kill('SIGKILL');
  if (!detached) {
    process.once('exit', killWithUs);
    broker.once('exit', () => process.off('exit', killWithUs));
  }

  const until = performance.now() + START_MS;
  while (!(await readFile(files.logFile, 'utf8')).includes(READY)) {
    if (hasEnded(broker) || performance.now() > until) {
      broker.kill('SIGKILL');
      const said = (await readFile(files.logFile, 'utf8')).slice(-2000);
      throw new Error(`the broker did not start:\n${said}`);
    }
    await sleep(50);
  }
  return broker;
}

/** Sends the signal and resolves when the broker is gone. */
export async function endBroker(broker: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(broker)) return;
  const gone = once(broker, 'exit');
  broker.kill(signal);
  await gone;
}

function hasEnded(broker: ChildProcess): boolean {
  return broker.exitCode !== null || broker.signalCode !== null;
}
