import { type EventLog } from '@leakwatch/event-log';
import {
  Lifecycle,
  startOpsServer,
  type Logger,
  type Metrics,
  type ReadinessCheck,
  type Service,
  type Stoppable,
} from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { type Environment } from './environment.ts';
import { keepProcessStatus } from './status/keep-process-status.ts';

export interface HostOptions {
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** The address that servers listen on. */
  readonly address: string;
  /** Stopped after everything else: telemetry hears the services to their end. */
  readonly beneath?: readonly Stoppable[];
}

/** The tools that each service of a process gets. */
export interface ServiceContext {
  readonly store: Store;
  readonly log: EventLog;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** The address that servers listen on. */
  readonly address: string;
  /** Ends the process: one of its services can never go on by itself. */
  readonly onFatal: (error: Error) => void;
}

/** Holds the services of one process together: one environment, one ops server, one end. */
export interface Host {
  readonly environment: Environment;
  readonly context: ServiceContext;
  /** Starts a service, which is stopped with the host from then on. */
  start<S extends Service>(service: S): Promise<S>;
  /** Takes a part that runs already, to be stopped with the host. */
  add<S extends Stoppable>(part: S): S;
  /** Serves /metrics, /healthz and /readyz for the services; gives its address. */
  serveOps(port: number): Promise<string>;
  /** Keeps this process's status for `leakwatch status` from now on, under this name. */
  keepStatus(name: string): void;
  /** Rejects once a service can never go on by itself. */
  readonly failed: Promise<never>;
  /**
   * Stops the parts in reverse order, then the database and the log. Each finishes the work under way. Can be called again.
   */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 30_000;

export function createHost({ environment, metrics, logger, address, beneath = [] }: HostOptions): Host {
  const { store, log } = environment;
  const lifecycle = new Lifecycle(logger);
  for (const part of beneath) lifecycle.add(part);
  lifecycle.add(environment);
  const services: Service[] = [];
  let onFatal: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    onFatal = reject;
  });
  // A caller that does not wait for it ends for a reason of its own.
  failed.catch(() => undefined);

  const checks = (): ReadinessCheck[] => [
    { name: 'store', check: () => store.ping() },
    { name: 'log', check: () => log.endOffsets('posts').then(() => undefined) },
    ...services.flatMap(({ checks = [] }) => checks),
  ];

  return {
    environment,
    context: { store, log, metrics, logger, clock: () => new Date(), address, onFatal },
    start: async (service) => {
      await service.start();
      services.push(service);
      return lifecycle.add(service);
    },
    add: (part) => lifecycle.add(part),
    serveOps: async (port) => {
      const server = await startOpsServer({
        host: address,
        port,
        metrics,
        checks: checks(),
        beforeScrape: async () => {
          await Promise.all(services.flatMap(({ fillGauges }) => fillGauges?.() ?? []));
        },
      });
      return lifecycle.add(server).address;
    },
    keepStatus: (name) => {
      lifecycle.add(keepProcessStatus({ name, store, metrics, logger, checks: checks() }));
    },
    failed,
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
  };
}
