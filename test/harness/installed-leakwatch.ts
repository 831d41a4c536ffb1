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
  const [tools, prefix] = [path.join(folder, 'tools'), path.join(folder, 'prefix')];
  mkdirSync(tools);
  symlinkSync(process.execPath, path.join(tools, 'node'));
  symlinkSync(placeOf('npm'), path.join(tools, 'npm'));
  const tarball = pack(folder);
  execFileSync('npm', ['install', '--global', '--prefix', prefix, '--silent', tarball], {
    env: { ...process.env, PATH: tools },
  });
  const bin = path.join(prefix, 'bin');
  return {
    file: path.join(bin, 'leakwatch'),
    path: `${bin}:${tools}`,
    offline: withoutNetwork(`${bin}:${tools}`),
  };
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
