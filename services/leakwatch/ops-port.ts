import { startOpsServer, type Metrics, type ReadinessCheck, type Stoppable } from '@leakwatch/runtime';

/** The part of a process that its ops port tells about, once its services run. */
interface Served {
  readonly checks: readonly ReadinessCheck[];
  /** Fills gauges that are read when they are asked for. */
  readonly fillGauges: () => Promise<void>;
}

/** The ops port of a process, open from the process's first moment on. Until `serve` the process is alive and not ready. */
export interface OpsPort extends Stoppable {
  /** `http://127.0.0.1:9464` */
  readonly address: string;
  /** Readiness gives this as the reason until `serve`. */
  waitsFor(what: string): void;
  serve(served: Served): void;
}

export async function openOpsPort(options: {
  host: string;
  port: number;
  metrics: Metrics;
}): Promise<OpsPort> {
  let reason = 'is under way';
  let served: Served = {
    checks: [{ name: 'start', check: () => Promise.reject(new Error(reason)) }],
    fillGauges: () => Promise.resolve(),
  };
  const server = await startOpsServer({
    ...options,
    checks: () => served.checks,
    beforeScrape: () => served.fillGauges(),
  });
  return {
    name: server.name,
    address: server.address,
    waitsFor: (what) => {
      reason = what;
    },
    serve: (now) => {
      served = now;
    },
    stop: () => server.stop(),
  };
}

/** The address that notices' links begin with: the console, or the ops port's page about an alert where there is none. */
export function linkBase(
  { consoleUrl, hasConsole }: { readonly consoleUrl: string; readonly hasConsole: boolean },
  ops: Pick<OpsPort, 'address'> | null,
): string {
  return hasConsole || ops === null ? consoleUrl : ops.address;
}
