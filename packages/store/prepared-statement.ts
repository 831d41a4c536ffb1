import { hash } from 'node:crypto';
import { type NamedQuery } from './queryable.ts';

/**
 * Statements built at run time would fill each connection's memory on the server: beyond this many, none is prepared.
 */
const MOST_STATEMENTS = 1000;
const names = new Map<string, string>();

/**
 * Names a statement with values after its text. The server then parses and plans it once a connection, not once a call:
 * planning costs more than running most of ours.
 */
export function prepared(query: string | NamedQuery, values?: unknown[]): string | NamedQuery {
  if (typeof query !== 'string' || values === undefined) return query;
  const name = names.get(query) ?? (names.size < MOST_STATEMENTS ? hash('sha1', query) : undefined);
  if (name === undefined) return { text: query, values };
  names.set(query, name);
  return { name, text: query, values };
}

/** The same statement without a name: where each transaction has another session, none knows the names of the one before. */
export function unprepared(query: string | NamedQuery, values?: unknown[]): NamedQuery {
  if (typeof query === 'string') return values === undefined ? { text: query } : { text: query, values };
  const { text, values: own = values } = query;
  return own === undefined ? { text } : { text, values: own };
}
