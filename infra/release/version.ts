/** The version of the command. It stands in its package.json; the Helm chart, which can't read that, repeats it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const MANIFEST = path.resolve(import.meta.dirname, '../../services/leakwatch/package.json');
const CHART = path.resolve(import.meta.dirname, '../helm/leakwatch/Chart.yaml');
const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-[0-9a-z.-]+)?$/;

export function currentVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(MANIFEST, 'utf8'))).version;
}

export function writeVersion(version: string): void {
  const manifest = readFileSync(MANIFEST, 'utf8');
  writeFileSync(MANIFEST, manifest.replace(`"version": "${currentVersion()}"`, `"version": "${version}"`));
  const chart = readFileSync(CHART, 'utf8');
  writeFileSync(CHART, chart.replaceAll(/^(version|appVersion): .+$/gm, `$1: ${version}`));
}

/** Refuses what is no version, or an earlier one. The same may follow: a release follows its own candidates. */
export function checkNext(wanted: string, current: string): void {
  const next = numbersOf(wanted);
  if (next === null) throw new Error(`“${wanted}” is no version; one is like 0.2.0 or 1.0.0-rc.1`);
  const now = numbersOf(current) ?? [];
  const at = next.findIndex((part, index) => part !== now[index]);
  if (at !== -1 && (next[at] ?? 0) < (now[at] ?? 0))
    throw new Error(`this is ${current} already, which is later than ${wanted}`);
}

function numbersOf(version: string): number[] | null {
  return VERSION.exec(version)?.slice(1, 4).map(Number) ?? null;
}
