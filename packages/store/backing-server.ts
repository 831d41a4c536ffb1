import { type ServerAddress } from './server-address.ts';
import { type Pooling } from './session-check.ts';

/** The Postgres behind a store: the embedded one, or that of DATABASE_URL. */
export interface BackingServer {
  readonly embedded: boolean;
  readonly pooling: Pooling;
  /** Where the given database is, or leakwatch's own. */
  address(database?: string): ServerAddress;
  /** The same past a pooler: a connection there keeps its session. */
  sessionAddress(database?: string): ServerAddress;
  leave(): Promise<void>;
}
