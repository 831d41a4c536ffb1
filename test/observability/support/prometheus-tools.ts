import { spawnSync } from 'node:child_process';
import path from 'node:path';

export const PROMETHEUS_FOLDER = path.resolve(import.meta.dirname, '../../../infra/prometheus');

/** Tells whether Prometheus and promtool are installed; Debian's package `prometheus` has both. */
export function hasPrometheus(): boolean {
  return ['prometheus', 'promtool'].every((tool) => spawnSync(tool, ['--version']).status === 0);
}

/** Runs promtool in the folder of the rules; gives its exit code and output. */
export function promtool(args: readonly string[], input = ''): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, {
    cwd: PROMETHEUS_FOLDER,
    input,
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}
