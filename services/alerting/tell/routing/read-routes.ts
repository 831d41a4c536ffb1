import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';
import { type Queryable } from '@leakwatch/store';
import { loadAgreed } from '../../agree/queries/proposals.ts';
import { parseRoutes, RoutesError } from './parse-routes.ts';
import { type RoutesSource } from './routes-schema.ts';

/** The routes as they were written, and where they come from. */
export type RoutesText =
  /** The operator's file counts first, else what two people agreed on in the console. */
  | { readonly source: 'file' | 'agreed'; readonly name: string; readonly text: string }
  /** Nobody wrote any. */
  | { readonly source: 'none'; readonly text: null };

/** The routes that notices take. */
export interface RoutesInForce {
  readonly routes: RoutesSource;
  /** Why the agreed routes can't be used, so that {@link EVERY_CHANNEL} is in force; null: all is well. */
  readonly broken: {
    /** One line each, with its place. */
    readonly problems: readonly string[];
    /** In short, for logs: it names nothing of the text but channels. */
    readonly summary: string;
  } | null;
}

/** Without routes, every channel is told everything. */
const EVERY_CHANNEL: RoutesSource = { match: 'first', details: {}, routes: [] };

/**
 * Reads the routes, unchecked.
 *
 * @param file - the operator's
 * @throws UsageError if the file can't be read
 */
export async function readRoutes(file: string | undefined, db: Queryable): Promise<RoutesText> {
  if (file !== undefined) {
    const text = await readTextFile(file).catch((error: unknown) => {
      throw new UsageError(`the routes can't be read: ${messageOf(error)}`);
    });
    return { source: 'file', name: file, text };
  }
  const agreed = await loadAgreed(db, 'routes');
  return agreed === null
    ? { source: 'none', text: null }
    : { source: 'agreed', name: 'routes agreed on in the console', text: agreed };
}

/**
 * Checks routes and gives those in force. Agreed ones may have become broken: a channel is no longer set up, a field is gone. No notice
 * is lost by that: every channel is told everything.
 *
 * @param channels - the names of the channels that are set up
 * @throws UsageError if the operator's file is broken
 */
export function routesInForce(written: RoutesText, channels: readonly string[]): RoutesInForce {
  if (written.source === 'none') return { routes: EVERY_CHANNEL, broken: null };
  try {
    return { routes: parseRoutes(written.text, written.name, channels), broken: null };
  } catch (error) {
    if (written.source === 'file') throw error;
    return { routes: EVERY_CHANNEL, broken: describeBroken(error) };
  }
}

function describeBroken(error: unknown): RoutesInForce['broken'] {
  const { problems, unknown } =
    error instanceof RoutesError ? error : { problems: [messageOf(error)], unknown: [] };
  const why =
    unknown.length === 0 ? "can't be read any more" : `name what is not set up: ${unknown.join(', ')}`;
  return { problems, summary: `every channel is told everything, as the routes agreed on ${why}` };
}
