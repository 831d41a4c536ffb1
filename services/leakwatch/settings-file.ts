import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '@leakwatch/runtime/errors';

const FILE = 'leakwatch.yaml';

/**
 * Reads `leakwatch.yaml`, of the current folder or the nearest above it, into the environment. A variable of the environment wins.
 * `LEAKWATCH_CONFIG` names another file.
 *
 * @returns the file, or null if there is none
 * @throws UsageError with every mistake and its place
 */
export async function takeSettingsFile(env: NodeJS.ProcessEnv, from: string): Promise<string | null> {
  const file = fileOf(env, from);
  if (file === null) return null;
  // Few calls have such a file, and the others don't wait for this code.
  const { readSettingsFile } = await import('./read-settings-file.ts');
  for (const [name, value] of await readSettingsFile(file)) {
    if ((env[name] ?? '') === '') env[name] = value;
  }
  return file;
}

function fileOf(env: NodeJS.ProcessEnv, from: string): string | null {
  const named = env.LEAKWATCH_CONFIG ?? '';
  if (named !== '') return path.resolve(from, named);
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, FILE);
    if (existsSync(file)) {
      refuseForeign(file);
      return file;
    }
    if (path.dirname(folder) === folder) return null;
  }
}

/** Refuses a file that another user may have put into a folder above, such as /tmp. */
function refuseForeign(file: string): void {
  const { uid } = statSync(file);
  const own = process.getuid?.();
  if (own === undefined || uid === own || uid === 0) return;
  throw new UsageError(
    `${file} belongs to another user, so its settings are not used; LEAKWATCH_CONFIG=${file} uses them`,
  );
}
