import { type Stoppable } from './lifecycle.ts';
import { type ReadinessCheck } from './ops-server.ts';

/** A service as the process that runs it sees it. */
export interface Service extends Stoppable {
  /** Rejects if the service cannot start, and leaves nothing running then. */
  start(): Promise<void>;
  /** The conditions under which the service is of use. */
  readonly checks?: readonly ReadinessCheck[];
  /** Things that people should know although the service is of use: `leakwatch status` tells them, /readyz does not. */
  readonly warnings?: readonly ReadinessCheck[];
  /** Fills the gauges that are read at each scrape. */
  readonly fillGauges?: () => Promise<void>;
}
