import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrokerFiles, endBroker, formatStorage, newClusterId, startBroker } from './broker-process.ts';
import { fetchJars } from './fetch-jars.ts';
import { freePorts } from './free-ports.ts';
import { serverProperties } from './server-properties.ts';

export interface LocalClusterOptions {
  /** Number of brokers, each a controller, too. */
  readonly brokers: number;
  /** Port of the first; the others follow. Free ports by default. */
  readonly port?: number;
  /** Data folder, kept when the brokers stop; by default a temporary folder that is then removed. */
  readonly dataDir?: string;
  readonly heapMb?: number;
  /** Lets the brokers outlive this process; stop them by `pids`. */
  readonly detached?: boolean;
}

export interface LocalCluster {
  readonly brokers: readonly string[];
  pids(): number[];
  /** kill -9 of one, by its number from 0; resolves once it is gone. */
  kill9(broker: number): Promise<void>;
  /** Ends one in order, where it still runs, and starts it again on the same data and ports. */
  restart(broker: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts several real Apache Kafka brokers as one cluster (KRaft), and waits until all serve. */
export async function startLocalCluster(options: LocalClusterOptions): Promise<LocalCluster> {
  const { heapMb = 256, detached = false, port } = options;
  const jars = await fetchJars();
  const folder = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'leakwatch-kafka-')));
  await mkdir(folder, { recursive: true });
  const numbers = Array.from({ length: options.brokers }, (_, number) => number);
  const free = await freePorts(2 * options.brokers);
  const ports = numbers.map((number) => (port === undefined ? (free[number] ?? 0) : port + number));
  const controllers = numbers.map((number) => free[options.brokers + number] ?? 0);
  const voters = controllers.map((controller, number) => `${number + 1}@127.0.0.1:${controller}`);
  const clusterId = await keptClusterId(folder);

  const files = await Promise.all(
    numbers.map(async (number): Promise<BrokerFiles> => {
      const own = path.join(folder, `broker-${number + 1}`);
      const dataDir = path.join(own, 'data');
      await mkdir(dataDir, { recursive: true });
      const broker = {
        jars,
        properties: path.join(own, 'server.properties'),
        logFile: path.join(own, 'broker.log'),
      };
      const address = { port: ports[number] ?? 0, controllerPort: controllers[number] ?? 0 };
      await writeFile(
        broker.properties,
        serverProperties({
          ...address,
          ...{ dataDir, advertised: `127.0.0.1:${address.port}` },
          ...{ place: { nodeId: number + 1, voters }, properties: {} },
        }),
      );
      if (!existsSync(path.join(dataDir, 'meta.properties'))) {
        await formatStorage(broker, { clusterId, hasVoters: true, users: {} });
      }
      return broker;
    }),
  );
  const start = (broker: BrokerFiles) => startBroker(broker, { heapMb, detached });
  // None serves before most of the controllers have met.
  const running = await Promise.all(files.map(start));
  const end = async (number: number, signal: 'SIGTERM' | 'SIGKILL') => {
    const broker = running[number];
    if (broker !== undefined) await endBroker(broker, signal);
  };

  return {
    brokers: ports.map((own) => `127.0.0.1:${own}`),
    pids: () => running.map(({ pid }) => pid ?? -1),
    kill9: (number) => end(number, 'SIGKILL'),
    async restart(number) {
      await end(number, 'SIGTERM');
      const broker = files[number];
      if (broker !== undefined) running[number] = await start(broker);
    },
    async stop() {
      await Promise.all(numbers.map((number) => end(number, 'SIGTERM')));
      if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The id that the brokers of a data folder share from their first start on. */
async function keptClusterId(folder: string): Promise<string> {
  const file = path.join(folder, 'cluster-id');
  if (existsSync(file)) return readFile(file, 'utf8');
  const id = newClusterId();
  await writeFile(file, id);
  return id;
}
