import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrokerFiles, endBroker, formatStorage, newClusterId, startBroker } from './broker-process.ts';
import { fetchJars } from './fetch-jars.ts';
import { freePorts } from './free-ports.ts';
import { type SecureListener, serverProperties } from './server-properties.ts';

export interface LocalKafkaOptions {
  /** Port for clients; a free port by default. */
  readonly port?: number;
  /** Data folder, kept when the broker stops; by default a temporary folder that is then removed. */
  readonly dataDir?: string;
  /** host:port that the broker advertises: the address of a proxy before it. */
  readonly advertised?: string;
  /** A TLS + SASL listener beside the plain one. */
  readonly secure?: Omit<SecureListener, 'port'>;
  /** More lines of server.properties. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly heapMb?: number;
  /** Lets the broker outlive this process; stop it by `pid`. */
  readonly detached?: boolean;
}

export interface LocalKafka {
  /** Bootstrap servers: the plain listener, as advertised. */
  readonly brokers: readonly string[];
  /** host:port of the TLS + SASL listener, if there is one. */
  readonly secureBrokers: readonly string[];
  /** host:port that the broker itself listens on, behind a proxy. */
  readonly listens: string;
  /** Changes with every `restart`. */
  pid(): number;
  /** kill -9; resolves once it is gone. */
  kill9(): Promise<void>;
  /** Starts it again on the same data and ports, after `kill9` or in place of a running one. */
  restart(): Promise<void>;
  /** Stops it in order; a temporary data folder goes with it. */
  stop(): Promise<void>;
}

/** Starts a real Apache Kafka (KRaft, one node) and waits until it serves. Many may run at once. */
export async function startLocalKafka(options: LocalKafkaOptions = {}): Promise<LocalKafka> {
  const { heapMb = 384, detached = false } = options;
  const jars = await fetchJars();
  const folder = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'leakwatch-kafka-')));
  const dataDir = path.join(folder, 'data');
  await mkdir(dataDir, { recursive: true });
  const [freePort = 0, controllerPort = 0, securePort = 0] = await freePorts(3);
  const listens = `127.0.0.1:${options.port ?? freePort}`;
  const advertised = options.advertised ?? listens;
  const files: BrokerFiles = {
    jars,
    properties: path.join(folder, 'server.properties'),
    logFile: path.join(folder, 'broker.log'),
  };
  await writeFile(
    files.properties,
    serverProperties({
      dataDir,
      port: options.port ?? freePort,
      controllerPort,
      advertised,
      ...(options.secure === undefined ? {} : { secure: { ...options.secure, port: securePort } }),
      properties: options.properties ?? {},
    }),
  );
  if (!existsSync(path.join(dataDir, 'meta.properties'))) {
    const users = options.secure?.users ?? {};
    await formatStorage(files, { clusterId: newClusterId(), hasVoters: false, users });
  }
  const start = () => startBroker(files, { heapMb, detached });
  let broker = await start();

  return {
    brokers: [advertised],
    secureBrokers: options.secure === undefined ? [] : [`127.0.0.1:${securePort}`],
    listens,
    pid: () => broker.pid ?? -1,
    kill9: () => endBroker(broker, 'SIGKILL'),
    async restart() {
      await endBroker(broker, 'SIGTERM');
      broker = await start();
    },
    async stop() {
      await endBroker(broker, 'SIGTERM');
      if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
