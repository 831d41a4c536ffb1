// Installs the workspace with the pnpm version of package.json, so that a machine needs only Node and npm.
// Does nothing while the lock file is unchanged. All output goes to standard error: callers keep standard output
// for their results.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const PNPM = 'pnpm@10.34.9';
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const marker = path.join(root, 'node_modules/.leakwatch-set-up');

/** Files that an installation depends on; a change of any needs a new one. Nothing in it is compiled for one version of Node. */
function wanted() {
  const hash = createHash('sha256').update(`${PNPM} ${process.platform} ${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) {
    hash.update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

export function setUp() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`leakwatch needs Node 20.19 or newer; this is ${process.version}\n`);
    process.exit(1);
  }
  const want = wanted();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === want) return;
  process.stderr.write(`set-up: installing packages with ${PNPM} …\n`);
  const started = Date.now();
  const done = spawnSync(
    'npx',
    [
      '--yes',
      PNPM,
      'install',
      '--frozen-lockfile',
      '--reporter=append-only',
      '--config.confirmModulesPurge=false',
    ],
    // pnpm's own output goes to standard error, too.
    { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  );
  if (done.status !== 0) {
    process.stderr.write(`set-up: ${PNPM} ended with ${done.status ?? done.signal ?? done.error?.message}\n`);
    process.exit(1);
  }
  writeFileSync(marker, want);
  process.stderr.write(`set-up: done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
