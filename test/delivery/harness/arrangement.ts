import { type TestStore } from '@leakwatch/store/testing';
import { type LogAddress, type ServiceName } from './service-messages.ts';
import { type TcpProxy } from './tcp-proxy.ts';

/** A fresh database and a fresh, empty log with leakwatch's topics. */
export interface Arrangement {
  readonly store: TestStore;
  /** The test's own access to the log. */
  readonly address: LogAddress;
  /** The services' access to log and database. */
  readonly forServices: { readonly log: LogAddress; readonly databaseUrl: string };
  /** The access of one service alone, where each has an account of its own. */
  readonly forService?: (name: ServiceName) => { readonly log: LogAddress };
  /** Makes a topic that was left out. */
  createTopic(topic: string): Promise<void>;
  /** Drops everything that a topic holds now, as its retention would. */
  trim(topic: string): Promise<void>;
  /** Kills the log's server with kill -9 and starts it on the same data. Absent where the log has no server of its own. */
  crash?(): Promise<void>;
  close(): Promise<void>;
}

export interface ArrangeOptions {
  /** Network between the services and the log's servers. In the Postgres log, the database is behind it, too. */
  readonly network?: TcpProxy;
  /** Network between the services and the database alone. */
  readonly databaseNetwork?: TcpProxy;
  /** Topics that are not there at first. */
  readonly without?: readonly string[];
}

/** One of the logs that the rows of the matrix run on. */
export interface LogKind {
  readonly name: string;
  /** Whether this machine has what the log needs. */
  readonly needs: string;
  readonly isHere: boolean;
  arrange(options?: ArrangeOptions): Promise<Arrangement>;
  /** Tells whether a chunk from a client is the request that appends records. */
  isAppend(request: Buffer): boolean;
}

export const PARTITIONS = 6;

/** Short enough to notice a dead process soon, long enough for a busy machine. */
export const SESSION_MS = 3000;
/** Silence after which a server counts as away. */
export const ANSWER_MS = 4000;

/** A database's address through a network; unchanged without a network. */
export function through(network: TcpProxy | undefined, connectionString: string): string {
  if (network === undefined) return connectionString;
  const url = new URL(connectionString);
  network.leadTo(Number(url.port));
  url.host = `${network.host}:${network.port}`;
  return url.href;
}
