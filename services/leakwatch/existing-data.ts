import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '@leakwatch/runtime';
import { typedHere } from './typed.ts';

const USUAL = '.data';
/** A folder with more entries is no folder of a person's projects, and is not searched. */
const MOST_ENTRIES = 500;

/** True if the data folder holds an embedded database, or something there that this user may not see. */
export function holdsData(dataDir: string): boolean {
  try {
    statSync(path.join(dataDir, 'postgres', 'cluster'));
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

/** The first folder with data inside the given one, in the current one, right below it, or in its parents. */
function nearestData(dataDir: string, from: string): string | null {
  const given = path.resolve(from, dataDir);
  const places = [given, from, ...foldersIn(from), ...ancestorsOf(from)];
  const candidates = places.flatMap((place) => [
    path.join(place, USUAL),
    path.join(place, path.basename(given)),
    path.join(place, USUAL, 'demo'),
    place,
  ]);
  return candidates.find(holdsData) ?? null;
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
