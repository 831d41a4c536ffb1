import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POM = path.join(import.meta.dirname, 'pom.xml');

export function hasJavaAndMaven(): boolean {
  return ['java', 'mvn'].every((command) => spawnSync(command, ['-version']).status === 0);
}

/**
 * Gives the folder with the broker's jars, which Maven fetches the first time. It lies in the user's cache, its name is a digest of
 * pom.xml, and many processes may ask at once.
 */
export async function fetchJars(): Promise<string> {
  const wanted = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
    .slice(0, 12);
  const cache = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'leakwatch');
  const folder = path.join(cache, `kafka-${wanted}`);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(path.join(cache, 'kafka-fetching-'));
  try {
    await run('mvn', [
      '--quiet',
      '--batch-mode',
      `--file=${POM}`,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${fresh}`,
      '-DincludeScope=runtime',
    ]);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process was faster: a folder under this name is complete.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
