import { type Logger, type Metrics, type ReadinessCheck, type Stoppable } from '@leakwatch/runtime';
import { type Environment } from '../environment.ts';

/** What every part of a process is given. */
export interface PartContext {
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Address that servers listen on. */
  readonly host: string;
  /** Ends the process: a part of it can never go on by itself. */
  readonly onFatal: (error: Error) => void;
}

/** A service as a part of a process that runs: of the one process of `up`, or of one of its own. */
export interface Part extends Stoppable {
  /** What must hold for this part to be of use. */
  readonly checks: readonly ReadinessCheck[];
  /** Fills the gauges about this part's work that are read when they are asked for. */
  readonly fillGauges: () => Promise<void>;
}
