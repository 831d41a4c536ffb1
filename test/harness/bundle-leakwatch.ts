/** Bundles the command once for a whole suite: it is started some hundred times, and a start from the sources takes five times as long. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** The variable of the environment that names the bundled program to the suite's processes. */
export const BUNDLE = 'BUNDLED_LEAKWATCH';

const ROOT = path.resolve(import.meta.dirname, '../..');

export function setup(): void {
  process.env[BUNDLE] = bundleLeakwatch();
}

/** Bundles it, and gives the program's file. */
export function bundleLeakwatch(): string {
  const folder = path.join(ROOT, 'test/node_modules/.cache/leakwatch');
  execFileSync(process.execPath, [path.join(ROOT, 'infra/workspace/build-web.mjs')]);
  execFileSync(process.execPath, [path.join(ROOT, 'infra/workspace/build.mjs'), '--linked', folder]);
  return path.join(folder, 'leakwatch.mjs');
}
