import { type EventLog } from '@leakwatch/event-log';
import {
  createSteadyClock,
  Lifecycle,
  type Logger,
  type Metrics,
  type ReadinessCheck,
  type Service,
  type Stoppable,
} from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { type Environment } from './environment.ts';
import { fillDiskGauges } from './fill-disk-gauges.ts';
import { type OpsPort } from './ops-port.ts';
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
  /** Serves /metrics, /healthz and /readyz for the services, and closes the port with the host from then on. */
  serveOps(port: OpsPort): void;
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

const CLOCK_STEPS = {
  held: 'the clock of the machine has jumped; deadlines go by the time before, for ten minutes',
  over: 'the clock of the machine is back; nothing went by the jump',
  taken: 'the clock of the machine has jumped, and its new time counts from now on',
} as const;

export function createHost({ environment, metrics, logger, address, beneath = [] }: HostOptions): Host {
  const { store, log } = environment;
  const lifecycle = new Lifecycle(logger);
  for (const part of beneath) lifecycle.add(part);
  lifecycle.add(environment);
  const services: Service[] = [];
  const clock = createSteadyClock(({ jumpMs, state }) => {
    logger.error({ seconds: Math.round(jumpMs / 1000) }, CLOCK_STEPS[state]);
  });
  let onFatal: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    onFatal = reject;
  });
  // A caller that does not wait for it ends for a reason of its own.
  failed.catch(() => undefined);

  const checks = (): ReadinessCheck[] => [
    { name: 'store', check: () => store.probeWrites() },
    { name: 'log', check: () => log.endOffsets('posts').then(() => undefined) },
    ...services.flatMap(({ checks = [] }) => checks),
  ];

  return {
    environment,
    context: { store, log, metrics, logger, clock: clock.now, address, onFatal },
    start: async (service) => {
      await service.start();
      services.push(service);
      return lifecycle.add(service);
    },
    add: (part) => lifecycle.add(part),
    serveOps: (port) => {
      port.serve({
        checks: checks(),
        fillGauges: async () => {
          clock.now();
          metrics.clockHeld.set(clock.heldMs() / 1000);
          await fillDiskGauges(metrics, environment.disks);
          await Promise.all(services.flatMap(({ fillGauges }) => fillGauges?.() ?? []));
        },
      });
      lifecycle.add(port);
    },
    keepStatus: (name) => {
      const warnings = services.flatMap((service) => service.warnings ?? []);
      lifecycle.add(keepProcessStatus({ name, store, metrics, logger, checks: checks(), warnings }));
    },
    failed,
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
  };
}
