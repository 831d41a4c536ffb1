import manifest from './package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

export interface BuildInfo {
  readonly version: string;
  readonly node: string;
  readonly commit: string;
}

/** Tells which build runs, for people and for `leakwatch_build_info`. The build sets the commit. */
export function buildInfo(env: NodeJS.ProcessEnv): BuildInfo {
  return { version: VERSION, node: process.versions.node, commit: env.LEAKWATCH_COMMIT ?? 'unknown' };
}
