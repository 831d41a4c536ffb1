// `npm run test:node -- 24`: runs the unit tests, the demo and the packed command on another version of Node, whose binary comes from the
// npm package `node`. Several versions may be given.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const VITEST = 'node_modules/vitest/vitest.mjs';
const PARTS = {
  'unit tests': [VITEST, 'run', '--config', 'vitest.quick.config.ts'],
  'demo and packed command': [VITEST, 'run', '--project', 'command', 'test/acceptance/demo.test.ts'],
};

const versions = process.argv.slice(2);
if (versions.length === 0 || !versions.every((version) => /^\d+(?:\.\d+){0,2}$/.test(version))) {
  process.stderr.write('name versions of Node: npm run test:node -- 24\n');
  process.exit(2);
}
setUp();
const results = versions.flatMap((version) => {
  const node = nodeOf(version);
  return Object.entries(PARTS).map(([name, args]) => {
    const started = Date.now();
    const { status } = run(node.file, args, { PATH: `${path.dirname(node.file)}:${process.env.PATH}` });
    const took = `${Math.round((Date.now() - started) / 1000)} s`;
    return {
      isPassed: status === 0,
      line: `Node ${node.version}: ${name} ${status === 0 ? 'passed' : 'failed'} in ${took}`,
    };
  });
});
process.stdout.write(`${results.map(({ line }) => line).join('\n')}\n`);
process.exitCode = results.every(({ isPassed }) => isPassed) ? 0 : 1;

/** The binary of a version, installed once. */
function nodeOf(wanted) {
  const folder = path.join(root, 'node_modules/.leakwatch-node', wanted);
  const file = path.join(folder, 'node_modules/node/bin/node');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    // Its script fetches the package with the binary of this platform.
    const { status } = run('npm', ['install', '--prefix', folder, '--silent', `node@${wanted}`]);
    if (status !== 0 || !existsSync(file))
      throw new Error(`the npm package node@${wanted} was not installed`);
  }
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return { file, version: stdout.trim() };
}

function run(command, args, env = {}) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
}
