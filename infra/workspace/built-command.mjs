// Bundles the command for `npm run leakwatch` once, and again when its sources have changed.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const builds = path.join(root, 'node_modules/.leakwatch-command');
const ENTRY = 'leakwatch.mjs';
const SOURCES = ['packages', 'services', 'infra/workspace'];
/** Folders that the bundle takes nothing from. */
const SKIPPED = new Set(['node_modules', 'dist', 'test', 'bench', 'web', 'migrations']);
/** Somebody who goes back and forth between two versions builds each once. */
const KEPT = 3;
const USER = /^\.used-by-(\d+)$/;

/** Stands for everything that the bundle is made of. Times and sizes tell a change without reading the files. */
function stampOfSources() {
  const hash = createHash('sha256').update(process.version);
  const look = (place) => {
    const { mtimeMs, size } = statSync(place);
    hash.update(`${path.relative(root, place)}\0${mtimeMs}\0${size}\0`);
  };
  const lookThrough = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const place = path.join(folder, entry.name);
      if (!entry.isDirectory()) look(place);
      else if (!SKIPPED.has(entry.name)) lookThrough(place);
    }
  };
  for (const place of SOURCES) lookThrough(path.join(root, place));
  look(path.join(root, 'pnpm-lock.yaml'));
  return hash.digest('hex').slice(0, 16);
}

/** Returns the bundle of the sources as they are. Ends the process if it can't be built. */
export function builtCommand() {
  const folder = path.join(builds, stampOfSources());
  if (!existsSync(path.join(folder, ENTRY))) build(folder);
  markUsed(folder);
  return path.join(folder, ENTRY);
}

/** Builds beside the others, and takes its place whole: other calls may build at the same time. */
function build(folder) {
  process.stderr.write('leakwatch: building the command: once, and after each change of its sources …\n');
  const own = `${folder}.${process.pid}`;
  runBuild('build.mjs', ['--linked', own], () => rmSync(own, { recursive: true, force: true }));
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another call was quicker, or what is there has lost its entry.
    if (!existsSync(path.join(folder, ENTRY))) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(own, folder);
    } else if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    rmSync(own, { recursive: true, force: true });
  }
  removeOlder();
}

/** Runs a build in a process of its own, whose memory ends with it. Ends this process if it fails. */
export function runBuild(script, options = [], onFailure = () => {}) {
  const args = [path.join(root, 'infra/workspace', script), ...options];
  const { status, signal } = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  onFailure();
  process.stderr.write(`leakwatch: ${script} failed (${signal ?? `exit ${status}`}); nothing was run\n`);
  process.exit(70);
}

/** Keeps the newest, and those that a running process may still load parts of. */
function removeOlder() {
  const older = readdirSync(builds)
    .map((name) => path.join(builds, name))
    .map((place) => ({ place, at: statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((one, other) => other.at - one.at)
    .slice(KEPT);
  for (const { place } of older) if (!isUsed(place)) rmSync(place, { recursive: true, force: true });
}

function markUsed(folder) {
  const mark = path.join(folder, `.used-by-${process.pid}`);
  const now = new Date();
  try {
    writeFileSync(mark, '');
    utimesSync(folder, now, now);
  } catch {
    // Another user's checkout: that user's calls alone remove builds.
    return;
  }
  process.on('exit', () => rmSync(mark, { force: true }));
}

function isUsed(folder) {
  // A build that is under way ends with the id of its process.
  const building = /\.(\d+)$/.exec(folder)?.[1];
  const users = existsSync(folder) ? readdirSync(folder).map((name) => USER.exec(name)?.[1]) : [];
  return [building, ...users].some((pid) => pid !== undefined && isAlive(Number(pid)));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
