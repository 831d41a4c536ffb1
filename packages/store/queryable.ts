export interface QueryAnswer {
  /** As the server sent them: parse them on arrival. */
  rows: unknown[];
  rowCount: number | null;
}

export interface NamedQuery {
  text: string;
  values?: unknown[];
  /** With a name, the server keeps the plan for this connection. */
  name?: string;
}

/** The common part of a pool, a client and a transaction: just enough to run SQL. */
export interface Queryable {
  query(query: string | NamedQuery, values?: unknown[]): Promise<QueryAnswer>;
}

/** A database as most functions need it. A store is one; so is a view of it that sees less. */
export interface Database {
  readonly pool: Queryable;
  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
}
