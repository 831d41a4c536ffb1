import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '@leakwatch/runtime';
import { typedHere } from './typed.ts';

const USUAL = '.data';
/** The demo's, in the folder that it is given. */
const DEMO = 'demo';
/** A folder with more entries is no folder of a person's projects, and is not searched. */
const MOST_ENTRIES = 500;

function clusterOf(dataDir: string): string {
  return path.join(dataDir, 'postgres', 'cluster');
}

/** True if the data folder holds an embedded database, or something there that this user may not see. */
export function holdsData(dataDir: string): boolean {
  try {
    statSync(clusterOf(dataDir));
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}

/**
 * Refuses a data folder without a database, so that a command that only reads does not create an empty one.
 *
 * @throws UsageError that names the nearest folder with data
 */
export function requireData(dataDir: string, from = process.cwd()): void {
  if (holdsData(path.resolve(from, dataDir))) return;
  const nearest = nearestData(dataDir, from);
  const wayOut =
    nearest === null
      ? `\`${typedHere('up')}\` or \`${typedHere('watchlist import FILE')}\` creates one`
      : `the nearest is ${shown(nearest, from)}: use --data-dir ${shown(nearest, from)}, or set LEAKWATCH_DATA_DIR in leakwatch.yaml`;
  throw new UsageError(`no leakwatch in ${shown(path.resolve(from, dataDir), from)}; ${wayOut}`);
}

/** The first folder with data inside the given one, in the current one, right below it, in its parents, or beside it. */
function nearestData(dataDir: string, from: string): string | null {
  const given = path.resolve(from, dataDir);
  const places = [given, from, ...foldersIn(from), ...ancestorsOf(from), ...foldersIn(path.dirname(from))];
  const candidates = places.flatMap((place) => [
    path.join(place, USUAL),
    path.join(place, path.basename(given)),
    path.join(place, USUAL, DEMO),
    path.join(place, DEMO),
    place,
  ]);
  // A place that this user may not see is none to propose.
  return candidates.find((place) => existsSync(clusterOf(place))) ?? null;
}

function ancestorsOf(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (entries.length > MOST_ENTRIES) return [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
  } catch {
    // A folder that can't be read holds nothing to propose.
    return [];
  }
}

/** The path as a person would type it. */
function shown(folder: string, from: string): string {
  const relative = path.relative(from, folder);
  return relative === '' ? '.' : relative.startsWith(path.join('..', '..')) ? folder : relative;
}
