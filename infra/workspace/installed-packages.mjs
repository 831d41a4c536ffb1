// Finds packages as the lock file had them installed, with everything that they need.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * Finds packages and, through their dependencies, all that they need. Optional ones of other platforms are left out.
 *
 * @param names - the packages to begin with
 * @param folder - a package of the workspace that depends on them
 * @returns `{ name, version, license, folder }` of each, by name and version
 */
export function installedPackages(names, folder) {
  const found = new Map();
  const visit = (name, from, isOptional) => {
    const place = findFrom(name, from);
    if (place === null) {
      if (isOptional) return;
      throw new Error(`${name}, which ${from} needs, is not installed`);
    }
    if (found.has(place)) return;
    const manifest = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
    found.set(place, { name, version: manifest.version, license: manifest.license, folder: place });
    for (const one of Object.keys(manifest.dependencies ?? {})) {
      visit(one, place, one in (manifest.optionalDependencies ?? {}));
    }
    for (const one of Object.keys(manifest.optionalDependencies ?? {})) visit(one, place, true);
  };
  for (const [name, isOptional] of names) visit(name, realpathSync(folder), isOptional);
  const keyOf = ({ name, version }) => `${name}@${version}`;
  return [...found.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Looks in every `node_modules` from the folder upwards, as Node does; null if it is in none. */
function findFrom(name, folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    const place = path.join(at, 'node_modules', name);
    if (existsSync(path.join(place, 'package.json'))) return realpathSync(place);
    if (at === path.dirname(at)) return null;
  }
}
