import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/**
 * Makes one program of service-process.ts and all that it loads: the suite starts it some hundred times, and from its sources each
 * start takes four times as long. Gives the program's path.
 */
export async function bundleServices(): Promise<string> {
  // Beneath a node_modules, from where what stays outside the bundle is found.
  const outdir = path.join(ROOT, 'test/node_modules/.cache/delivery');
  await build({
    absWorkingDir: ROOT,
    entryPoints: [path.join(import.meta.dirname, 'service-process.ts')],
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'linked',
    outExtension: { '.js': '.mjs' },
    external: ['sharp', 'pg-native'],
    // For the CommonJS packages in it.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return path.join(outdir, 'service-process.mjs');
}
