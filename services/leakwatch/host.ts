import {
  Lifecycle,
  startOpsServer,
  type Logger,
  type Metrics,
  type ReadinessCheck,
  type Stoppable,
} from '@leakwatch/runtime';
import { type Environment } from './environment.ts';
import { type Part, type PartContext } from './parts/part.ts';
import { reportProcess } from './status/report-process.ts';

export interface HostOptions {
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Address that servers listen on. */
  readonly host: string;
  /** What is stopped after everything else: it hears of all that the parts do to their end. */
  readonly beneath?: readonly Stoppable[];
}

/** What holds the parts of one process together: one environment, one ops server, one end. */
export interface Host {
  readonly context: PartContext;
  /** Takes a part that has been started; gives it back. */
  add<P extends Part>(part: P): P;
  /** Serves /metrics, /healthz and /readyz for the parts; gives its address. */
  serveOps(port: number): Promise<string>;
  /** Writes down from now on how this process is, under this name, for `leakwatch status`. */
  report(name: string): void;
  /** Rejects once a part can never go on by itself. */
  readonly failed: Promise<never>;
  /** Stops what was added last first, the database and the log at the end, each finishing what it has begun. Repeatable. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 30_000;

export function createHost({ environment, metrics, logger, host, beneath = [] }: HostOptions): Host {
  const lifecycle = new Lifecycle(logger);
  for (const part of beneath) lifecycle.add(part);
  lifecycle.add(environment);
  const parts: Part[] = [];
  let onFatal: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    onFatal = reject;
  });
  // Whoever doesn't wait for it ends for a reason of its own.
  failed.catch(() => undefined);

  const checks = (): ReadinessCheck[] => [
    { name: 'store', check: () => environment.store.ping() },
    { name: 'log', check: () => environment.log.endOffsets('posts').then(() => undefined) },
    ...parts.flatMap((part) => part.checks),
  ];

  return {
    context: { environment, metrics, logger, clock: () => new Date(), host, onFatal },
    add: (part) => {
      parts.push(part);
      return lifecycle.add(part);
    },
    serveOps: async (port) => {
      const server = await startOpsServer({
        host,
        port,
        metrics,
        checks: checks(),
        beforeScrape: async () => {
          await Promise.all(parts.map((part) => part.fillGauges()));
        },
      });
      return lifecycle.add(server).address;
    },
    report: (name) => {
      lifecycle.add(reportProcess({ name, store: environment.store, metrics, logger, checks: checks() }));
    },
    failed,
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
  };
}
