import { QueueFilterSchema, type QueueFilter } from '@leakwatch/console/schemas';
import { type z } from 'zod';

/** Names that may be a secret: they stay out of the page's address and of the browser's list of visited pages. */
const SECRET_KEYS = ['q', 'creator', 'item'] as const;
const SecretsSchema = QueueFilterSchema.pick({ q: true, creator: true, item: true });
export type Secrets = z.infer<typeof SecretsSchema>;

const LISTS = [
  'state',
  'severity',
  'campaign',
  'creator',
  'item',
  'rule',
  'assignee',
  'violation',
  'platform',
] as const;
const FLAGS = ['snoozed', 'overdue'] as const;
const ONES = ['since', 'until', 'q'] as const;

/** Reads a filter from the page's address; values that make no sense are left out. */
export function readFilter(params: URLSearchParams, secrets: Secrets = {}): QueueFilter {
  const found: Record<string, unknown> = {};
  for (const key of LISTS) if (params.has(key)) found[key] = params.getAll(key);
  if (params.has('tier')) found.tier = params.getAll('tier').map(Number);
  for (const key of FLAGS) if (params.has(key)) found[key] = params.get(key) === 'true';
  for (const key of ONES) if (params.has(key)) found[key] = params.get(key);
  for (const key of SECRET_KEYS) found[key] = secrets[key];
  return keepValid(found);
}

function keepValid(found: Record<string, unknown>): QueueFilter {
  const parsed = QueueFilterSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
  const rest = Object.fromEntries(Object.entries(found).filter(([key]) => !wrong.has(key)));
  const again = QueueFilterSchema.safeParse(rest);
  return again.success ? again.data : {};
}

export function readSecrets(state: unknown): Secrets {
  const parsed = SecretsSchema.safeParse(state ?? {});
  return parsed.success ? parsed.data : {};
}

/** Splits a filter into the part for the page's address and the part that stays out of it. */
export function splitFilter(filter: QueueFilter): { open: QueueFilter; secrets: Secrets } {
  const { q, creator, item, ...open } = filter;
  return { open, secrets: dropAbsent({ q, creator, item }) };
}

/** Writes a filter as query values, in one order, so that equal filters give equal texts. */
export function writeFilter(filter: QueueFilter): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of Object.keys(filter).toSorted()) {
    const value = Object.entries(filter).find(([name]) => name === key)?.[1];
    if (Array.isArray(value)) for (const one of value) params.append(key, String(one));
    else if (value !== undefined) params.set(key, String(value));
  }
  return params;
}

/** Leaves out what is absent or empty. */
export function dropAbsent(filter: Record<string, unknown>): QueueFilter {
  const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);
  return keepValid(Object.fromEntries(Object.entries(filter).filter(([, value]) => !isEmpty(value))));
}
