import { startLoop } from '@leakwatch/runtime';
import { StoreError, type Queryable } from '@leakwatch/store';
import { readRoutes, routesInForce, type RoutesInForce } from './read-routes.ts';

export interface RoutesFollower {
  current(): RoutesInForce;
  stop(): Promise<void>;
}

export interface FollowRoutesOptions {
  /** The operator's file, which is read once; without it the routes that people agreed on. */
  readonly file: string | undefined;
  readonly db: Queryable;
  /** The names of the channels that are set up. */
  readonly channels: readonly string[];
  readonly onChange: () => void;
  /** Hears why agreed routes can't be used, at the start as well; every channel is told everything. */
  readonly onBroken: (summary: string) => void;
  /** Hears why they could not be looked up; those before stay. */
  readonly onError: (error: Error) => void;
  readonly pollMs?: number;
}

/**
 * Follows the routes that people agree on.
 *
 * @throws UsageError if the operator's file can't be read or is broken
 */
export async function followRoutes(options: FollowRoutesOptions): Promise<RoutesFollower> {
  const { file, db, channels, onChange, onBroken, onError, pollMs = 2_000 } = options;
  const read = () => readRoutes(file, db);
  const first = await read();
  let seen = first.text;
  let inForce = routesInForce(first, channels);
  const tell = () => {
    if (inForce.broken !== null) onBroken(inForce.broken.summary);
  };
  tell();
  if (file !== undefined) return { current: () => inForce, stop: () => Promise.resolve() };

  const look = async () => {
    const found = await read();
    if (found.text === seen) return false;
    seen = found.text;
    inForce = routesInForce(found, channels);
    if (inForce.broken === null) onChange();
    else tell();
    return false;
  };
  const loop = startLoop({
    turn: look,
    pollMs,
    onError: (error) => {
      // Others say that the database is away.
      if (!(error instanceof StoreError && error.canRetry)) onError(error);
    },
  });
  return { current: () => inForce, stop: () => loop.stop() };
}
