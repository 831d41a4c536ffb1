export interface QueryAnswer {
  /** As the server sent them: parse them where they come in. */
  rows: unknown[];
  rowCount: number | null;
}

export interface NamedQuery {
  text: string;
  values?: unknown[];
  /** With a name the server keeps the plan for the next time on this connection. */
  name?: string;
}

/** What a pool, a client and a transaction have in common: enough to run SQL, whoever holds the connection. */
export interface Queryable {
  query(query: string | NamedQuery, values?: unknown[]): Promise<QueryAnswer>;
}
