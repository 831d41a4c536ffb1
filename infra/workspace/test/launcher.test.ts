/** `npm run leakwatch` in a checkout of its own, whose sources change. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentVersion } from '../../release/version.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const checkout = mkdtempSync(path.join(os.tmpdir(), 'leakwatch-checkout-'));
const builds = path.join(checkout, 'node_modules/.leakwatch-command');
const source = path.join(checkout, 'services/leakwatch/build-info.ts');
const version = currentVersion();

beforeAll(() => {
  for (const place of [
    'packages',
    'services',
    'infra/workspace',
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
  ]) {
    cpSync(path.join(ROOT, place), path.join(checkout, place), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !/\/(?:dist|test|bench|\.cache)$/.test(file),
    });
  }
  mkdirSync(path.join(checkout, 'node_modules'));
  for (const name of readdirSync(path.join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.leakwatch-command'))
      symlinkSync(path.join(ROOT, 'node_modules', name), path.join(checkout, 'node_modules', name));
  }
});
afterAll(() => {
  rmSync(checkout, { recursive: true, force: true });
});

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function launch(...words: readonly string[]): Promise<Said> {
  return new Promise((resolve) => {
    const args = [path.join(checkout, 'infra/workspace/leakwatch.mjs'), ...words];
    const env = { ...process.env, INIT_CWD: os.tmpdir(), NO_COLOR: '1' };
    const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

function change(from: string, to: string): void {
  const text = readFileSync(source, 'utf8');
  expect(text).toContain(from);
  writeFileSync(source, text.replace(from, to));
}

const BUILDING = /building the command/;

it('builds once, also for two calls at the same time', async () => {
  const both = await Promise.all([launch('--version'), launch('--version')]);
  expect(both).toMatchObject([
    { code: 0, stdout: `${version}\n` },
    { code: 0, stdout: `${version}\n` },
  ]);
  expect(readdirSync(builds)).toHaveLength(1);
  expect(await launch('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('runs nothing when the build fails, and says where', async () => {
  change('export const', 'export konst');
  const broken = await launch('--version');
  expect(broken).toMatchObject({ code: 70, stdout: '' });
  expect(broken.stderr).toMatch(/build-info\.ts:\d+:/);
  expect(broken.stderr).toMatch(/nothing was run\n$/);
  expect(readdirSync(builds).filter((name) => name.includes('.'))).toEqual([]);
});

it('builds again what was deleted, from sources as they are now, and prints hints as they were typed', async () => {
  rmSync(builds, { recursive: true });
  change('export konst VERSION: string = manifest.version', "export const VERSION: string = 'changed'");
  const { code, stdout, stderr } = await launch('--help');
  expect(code).toBe(0);
  expect(stderr).toMatch(BUILDING);
  expect(stdout).toContain(
    `Usage: node ${path.relative(os.tmpdir(), checkout)}/infra/workspace/leakwatch.mjs [options]`,
  );
  expect(await launch('--version')).toEqual({ code: 0, stdout: 'changed\n', stderr: '' });
});

it('keeps the help that a command has printed, as long as its bundle', async () => {
  const [first, wide] = [await launch('alerts', '--help'), await launch('alerts', 'list', '--help')];
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('acknowledge')]);
  expect(wide.stdout).not.toBe(first.stdout);
  expect(await launch('alerts', '--help')).toEqual({ ...first, stderr: '' });
  const [build = ''] = readdirSync(builds);
  const kept = readdirSync(path.join(builds, build)).filter((name) => name.endsWith('.help'));
  const texts = kept.map((name) => readFileSync(path.join(builds, build, name), 'utf8'));
  expect(texts).toEqual(expect.arrayContaining([first.stdout, wide.stdout]));
  const file = kept[texts.indexOf(first.stdout)] ?? '';
  writeFileSync(path.join(builds, build, file), 'as it was kept\n');
  expect((await launch('alerts', '--help')).stdout).toBe('as it was kept\n');
  change("'changed'", "'changed again'");
  expect((await launch('alerts', '--help')).stdout).toBe(first.stdout);
  expect(await launch('alerts', '--nonsense', '--help')).toMatchObject({ stdout: first.stdout });
});
