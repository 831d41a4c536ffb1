export const VERSION = '0.1.0';

/** What runs, for people and for `leakwatch_build_info`. The commit is told by whoever built it. */
export function buildInfo(env: NodeJS.ProcessEnv): { version: string; node: string; commit: string } {
  return { version: VERSION, node: process.versions.node, commit: env.LEAKWATCH_COMMIT ?? 'unknown' };
}
