import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrokerFiles, endBroker, formatStorage, newClusterId, startBroker } from './broker-process.ts';
import { fetchJars } from './fetch-jars.ts';
import { freePorts } from './free-ports.ts';
import { type SecureListener, serverProperties } from './server-properties.ts';

export interface LocalClusterOptions {
  /** Number of brokers, each a controller, too. */
  readonly brokers: number;
  /** Port of the first; the others follow. Free ports by default. */
  readonly port?: number;
  /** Data folder, kept when the brokers stop; by default a temporary folder that is then removed. */
  readonly dataDir?: string;
  readonly heapMb?: number;
  /** A TLS + SASL listener of each beside the plain one. */
  readonly secure?: Omit<SecureListener, 'port'>;
  /** More lines of each server.properties. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Lets the brokers outlive this process; stop them by `pids`. */
  readonly detached?: boolean;
}

export interface LocalCluster {
  /** host:port of each plain listener. */
  readonly brokers: readonly string[];
  /** host:port of each TLS + SASL listener, if there are any. */
  readonly secureBrokers: readonly string[];
  pids(): number[];
  /** kill -9 of one, by its number from 0; resolves once it is gone. */
  kill9(broker: number): Promise<void>;
  /** Ends one in order, where it still runs, and starts it again on the same data and ports. */
  restart(broker: number): Promise<void>;
  /** Ends one in order and starts it on the same data at other ports. */
  move(broker: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts several real Apache Kafka brokers as one cluster (KRaft), and waits until all serve. */
export async function startLocalCluster(options: LocalClusterOptions): Promise<LocalCluster> {
  const { heapMb = 256, detached = false, port, secure } = options;
  const jars = await fetchJars();
  const folder = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'leakwatch-kafka-')));
  await mkdir(folder, { recursive: true });
  const numbers = Array.from({ length: options.brokers }, (_, number) => number);
  const free = await freePorts(3 * options.brokers);
  const places: BrokerPlace[] = numbers.map((number) => {
    const own = path.join(folder, `broker-${number + 1}`);
    return {
      dataDir: path.join(own, 'data'),
      port: port === undefined ? (free[number] ?? 0) : port + number,
      controllerPort: free[options.brokers + number] ?? 0,
      securePort: free[2 * options.brokers + number] ?? 0,
      files: {
        jars,
        properties: path.join(own, 'server.properties'),
        logFile: path.join(own, 'broker.log'),
      },
    };
  });
  const voters = places.map(({ controllerPort }, number) => `${number + 1}@127.0.0.1:${controllerPort}`);
  const clusterId = await keptClusterId(folder);

  const writeProperties = async (number: number, { files, dataDir, securePort, ...ports }: BrokerPlace) => {
    await writeFile(
      files.properties,
      serverProperties({
        ...ports,
        ...{ dataDir, advertised: `127.0.0.1:${ports.port}` },
        ...(secure === undefined ? {} : { secure: { ...secure, port: securePort } }),
        ...{ place: { nodeId: number + 1, voters }, properties: options.properties ?? {} },
      }),
    );
  };
  await Promise.all(
    places.map(async (place, number) => {
      await mkdir(place.dataDir, { recursive: true });
      await writeProperties(number, place);
      if (existsSync(path.join(place.dataDir, 'meta.properties'))) return;
      await formatStorage(place.files, { clusterId, hasVoters: true, users: secure?.users ?? {} });
    }),
  );
  const start = ({ files }: BrokerPlace) => startBroker(files, { heapMb, detached });
  // None serves before most of the controllers have met.
  const running = await Promise.all(places.map(start));
  const end = async (number: number, signal: 'SIGTERM' | 'SIGKILL') => {
    const broker = running[number];
    if (broker !== undefined) await endBroker(broker, signal);
  };
  const restart = async (number: number) => {
    await end(number, 'SIGTERM');
    const place = places[number];
    if (place !== undefined) running[number] = await start(place);
  };

  return {
    get brokers() {
      return places.map((place) => `127.0.0.1:${place.port}`);
    },
    get secureBrokers() {
      return secure === undefined ? [] : places.map((place) => `127.0.0.1:${place.securePort}`);
    },
    pids: () => running.map(({ pid }) => pid ?? -1),
    kill9: (number) => end(number, 'SIGKILL'),
    restart,
    async move(number) {
      const place = places[number];
      if (place === undefined) return;
      const [plainPort = 0, securePort = 0] = await freePorts(2);
      places[number] = { ...place, port: plainPort, securePort };
      await end(number, 'SIGTERM');
      await writeProperties(number, places[number]);
      await restart(number);
    },
    async stop() {
      // Ended in order all at once, the last ones can wait for a controller for minutes.
      const signal = options.dataDir === undefined ? 'SIGKILL' : 'SIGTERM';
      await Promise.all(numbers.map((number) => end(number, signal)));
      if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

interface BrokerPlace {
  readonly files: BrokerFiles;
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly securePort: number;
}

/** The id that the brokers of a data folder share from their first start on. */
async function keptClusterId(folder: string): Promise<string> {
  const file = path.join(folder, 'cluster-id');
  if (existsSync(file)) return readFile(file, 'utf8');
  const id = newClusterId();
  await writeFile(file, id);
  return id;
}
