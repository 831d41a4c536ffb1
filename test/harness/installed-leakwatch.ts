import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pack } from '../../infra/release/pack.ts';

/** The command as npm has installed it, on a machine that has nothing else. */
export interface InstalledLeakwatch {
  readonly file: string;
  /** A PATH that holds Node, npm and the command. */
  readonly path: string;
  /** Words before the command that leave it no network but loopback; none where this machine does not allow that. */
  readonly offline: readonly string[];
}

/** Packs the command, and installs the tarball into an empty prefix, by the Node that runs this. */
export function installLeakwatch(folder: string): InstalledLeakwatch {
  const tools = path.join(folder, 'tools');
  const forNpm = path.join(folder, 'for-npm');
  const prefix = path.join(folder, 'prefix');
  link(tools, 'node', process.execPath);
  link(forNpm, 'npm', placeOf('npm'));
  // By which npm runs scripts of packages.
  link(forNpm, 'sh', placeOf('sh'));
  execFileSync('npm', ['install', '--global', '--prefix', prefix, '--silent', pack(folder)], {
    env: withoutPackages({ PATH: `${forNpm}:${tools}` }),
  });
  const bin = path.join(prefix, 'bin');
  const searched = `${bin}:${tools}`;
  return { file: path.join(bin, 'leakwatch'), path: searched, offline: withoutNetwork(searched) };
}

/** Without NODE_PATH, by which pnpm's launchers let a program find all packages of this checkout. */
export function withoutPackages(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, NODE_PATH: undefined, ...env };
}

function link(folder: string, name: string, target: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(target, path.join(folder, name));
}

function withoutNetwork(searched: string): string[] {
  const isAllowed = process.getuid?.() === 0 && spawnSync('unshare', ['--net', 'true']).status === 0;
  if (!isAllowed) return [];
  const script = 'ip link set lo up && PATH=$0 && exec "$@"';
  return [
    placeOf('unshare'),
    '--net',
    placeOf('env'),
    `PATH=${process.env.PATH ?? ''}`,
    '/bin/sh',
    '-c',
    script,
    searched,
  ];
}

function placeOf(program: string): string {
  return realpathSync(execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim());
}
