/** A query that can't be read: where, and what would help. */
export class QueryError extends Error {
  /** UTF-16 unit of the query, from 0. */
  readonly position: number;

  constructor(position: number, message: string) {
    super(`query, position ${position + 1}: ${message}`);
    this.name = 'QueryError';
    this.position = position;
  }
}
