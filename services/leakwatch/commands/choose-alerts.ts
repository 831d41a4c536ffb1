import { createInterface } from 'node:readline';
import { type QueueFilter } from '@leakwatch/console/schemas';
import { UsageError } from '@leakwatch/runtime';
import { z } from 'zod';

/** The alerts that a person means: some ids, or all that match a filter. */
export type Choice =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'filter'; readonly filter: QueueFilter };

const LineSchema = z.object({ id: z.string() });

/**
 * Reads the ids of a call; `-` stands for standard input with a line each, as lists print them.
 *
 * @throws UsageError if nothing is chosen, or ids and a filter together
 */
export async function chooseAlerts(
  words: readonly string[],
  filter: QueueFilter | null,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<Choice> {
  if (words.length > 0 && filter !== null) {
    throw new UsageError('give ids or a filter, not both');
  }
  if (filter !== null) return { kind: 'filter', filter };
  const ids = words.includes('-')
    ? [...words.filter((word) => word !== '-'), ...(await readIds(input))]
    : words;
  if (words.length === 0) {
    throw new UsageError(
      'say which alerts: ids, - for ids on standard input, or a filter such as --campaign autumn-drop --severity low',
    );
  }
  return { kind: 'ids', ids: [...new Set(ids)] };
}

async function readIds(input: NodeJS.ReadableStream): Promise<string[]> {
  const ids: string[] = [];
  for await (const line of createInterface({ input })) {
    const [word = ''] = line.trim().split(/\s+/);
    // A list's head, or an empty line.
    if (word === '' || word === 'id') continue;
    ids.push(line.trim().startsWith('{') ? LineSchema.parse(JSON.parse(line)).id : word);
  }
  return ids;
}

/** The last word of a call that takes ids and one word more. */
export function lastOf(
  words: readonly string[],
  what: string,
): { readonly ids: readonly string[]; readonly last: string } {
  const last = words.at(-1);
  if (last === undefined) throw new UsageError(`say ${what}, after the ids`);
  return { ids: words.slice(0, -1), last };
}
