import { hash } from 'node:crypto';
import { type NamedQuery } from './queryable.ts';

/** Texts that are put together at run time would fill each connection's memory on the server: past so many, none is added. */
const MOST_STATEMENTS = 1000;
const names = new Map<string, string>();

/**
 * A statement with values under a name that stands for its text: the server then reads and plans it once a connection, and not
 * each time, which costs more than to run most of ours.
 */
export function prepared(query: string | NamedQuery, values?: unknown[]): string | NamedQuery {
  if (typeof query !== 'string' || values === undefined) return query;
  const name = names.get(query) ?? (names.size < MOST_STATEMENTS ? hash('sha1', query) : undefined);
  if (name === undefined) return { text: query, values };
  names.set(query, name);
  return { name, text: query, values };
}
