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
