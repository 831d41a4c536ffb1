// Builds the console's pages into services/console/web/dist. It does nothing while their sources are unchanged.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import { setUp } from './set-up.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const web = path.join(root, 'services/console/web');
const OUTSIDE = ['pnpm-lock.yaml', 'services/console/api/schemas', 'packages/contracts'].map((place) =>
  path.join(root, place),
);
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

/** True if the pages are those of the sources. */
export function isWebBuilt() {
  return isBuiltFrom(sources());
}

function isBuiltFrom(from) {
  return existsSync(marker) && readFileSync(marker, 'utf8') === from;
}

/** Builds in a folder of its own: other processes may build at the same time, and serve what was built before. */
export async function buildWeb() {
  const from = sources();
  if (isBuiltFrom(from)) return;
  // A test runner sets it to `test`, which would build React's larger development form.
  process.env.NODE_ENV = 'production';
  const require = createRequire(path.join(web, 'package.json'));
  const { build } = await import(pathToFileURL(require.resolve('vite')).href);
  const own = mkdtempSync(path.join(root, 'node_modules/.leakwatch-web-'));
  try {
    const outDir = path.join(own, 'dist');
    await build({
      root: web,
      configFile: path.join(web, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir },
    });
    writeFileSync(path.join(outDir, path.basename(marker)), from);
    takePlace(outDir, from);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  process.stderr.write(`built ${path.relative(root, WEB_DIST)}\n`);
}

/** Puts a build in the place of an older one, but never of an equal one, whose files a server may be reading. */
function takePlace(outDir, from) {
  while (!isBuiltFrom(from)) {
    const older = path.join(mkdtempSync(path.join(path.dirname(outDir), 'older-')), 'dist');
    try {
      if (existsSync(WEB_DIST)) renameSync(WEB_DIST, older);
      renameSync(outDir, WEB_DIST);
    } catch (error) {
      // Another process was quicker; the next look says whether its pages are the same.
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp();
  await buildWeb();
}
