import { type TestStore } from '@leakwatch/store/testing';
import { type LogAddress } from './service-messages.ts';
import { type TcpProxy } from './tcp-proxy.ts';

/** A fresh database and a fresh, empty log with leakwatch's topics. */
export interface Arrangement {
  readonly store: TestStore;
  /** How the test itself reaches the log. */
  readonly address: LogAddress;
  /** How services reach log and database. */
  readonly forServices: { readonly log: LogAddress; readonly databaseUrl: string };
  /** Makes a topic that was left out. */
  createTopic(topic: string): Promise<void>;
  /** Drops all that a topic holds now, as its retention would. */
  trim(topic: string): Promise<void>;
  /** kill -9 of the log's server, and its start on the same data; where the log has a server of its own. */
  crash?(): Promise<void>;
  close(): Promise<void>;
}

export interface ArrangeOptions {
  /** Stands between the services and the log's servers; where the log is in Postgres, these are the database's, too. */
  readonly network?: TcpProxy;
  /** Stands between the services and the database alone. */
  readonly databaseNetwork?: TcpProxy;
  /** Topics that are not there at first. */
  readonly without?: readonly string[];
}

/** One of the logs that the rows of the matrix run on. */
export interface LogKind {
  readonly name: string;
  /** What of the machine it needs, and whether that is here. */
  readonly needs: string;
  readonly isHere: boolean;
  arrange(options?: ArrangeOptions): Promise<Arrangement>;
  /** Whether what a client sends is the request by which it appends records. */
  isAppend(request: Buffer): boolean;
}

export const PARTITIONS = 6;

/** Short enough that a dead process is missed soon, long enough for a machine that is busy with other things. */
export const SESSION_MS = 3000;
/** How long a server may be silent before it counts as away. */
export const ANSWER_MS = 4000;

/** The address of a database with a network before it; without one, the address as it is. */
export function through(network: TcpProxy | undefined, connectionString: string): string {
  if (network === undefined) return connectionString;
  const url = new URL(connectionString);
  network.leadTo(Number(url.port));
  url.host = `${network.host}:${network.port}`;
  return url.href;
}
