import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/**
 * Bundles service-process.ts into one program and gives its path. The suite starts it some hundred times, and a start from
 * the sources takes four times as long.
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
    // CommonJS packages in the bundle need this.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return path.join(outdir, 'service-process.mjs');
}
