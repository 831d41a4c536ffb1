// Builds the console's pages into services/console/web/dist. It does nothing while their sources are unchanged.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import { setUp } from './set-up.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const web = path.join(root, 'services/console/web');
const OUTSIDE = ['pnpm-lock.yaml', 'services/console/api/schemas'].map((place) => path.join(root, place));
export const WEB_DIST = path.join(web, 'dist');
const marker = path.join(WEB_DIST, '.built-from');

function filesBelow(place) {
  if (!existsSync(place)) return [];
  const entries = readdirSync(path.dirname(place), { withFileTypes: true });
  const own = entries.find(({ name }) => name === path.basename(place));
  if (!own.isDirectory()) return [place];
  return readdirSync(place)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .flatMap((name) => filesBelow(path.join(place, name)));
}

/** Stands for everything that the pages are made of. */
function sources() {
  const hash = createHash('sha256');
  for (const file of [...OUTSIDE, web].flatMap(filesBelow).toSorted()) {
    hash.update(`${path.relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

export async function buildWeb() {
  const from = sources();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === from) return;
  // A test runner sets it to `test`, which would build React's larger development form.
  process.env.NODE_ENV = 'production';
  const require = createRequire(path.join(web, 'package.json'));
  const { build } = await import(pathToFileURL(require.resolve('vite')).href);
  await build({ root: web, configFile: path.join(web, 'vite.config.ts'), logLevel: 'warn' });
  writeFileSync(marker, from);
  process.stderr.write(`built ${path.relative(root, WEB_DIST)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp();
  await buildWeb();
}
