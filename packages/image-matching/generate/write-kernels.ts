/**
 * Compiles kernels/assembly (AssemblyScript) to WebAssembly and writes it as kernels/compiled.ts, which is checked in, so that
 * nothing is compiled where leakwatch is installed. `npm run kernels`; with --check it fails when the file differs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ENTRY = 'packages/image-matching/kernels/assembly/index.ts';
const COMPILED = 'packages/image-matching/kernels/compiled.ts';
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '16'];
const LINE = 120;

// The compiler runs by itself: its types declare another Array for all files of the project.
const compiler = path.join(
  path.dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')),
  'bin/asc.js',
);

function compile(): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'leakwatch-kernels-'));
  try {
    const binary = path.join(folder, 'kernels.wasm');
    execFileSync(process.execPath, [compiler, ENTRY, ...OPTIONS, '--outFile', binary], { stdio: 'inherit' });
    return readFileSync(binary);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const text = compile().toString('base64');
const lines = Array.from({ length: Math.ceil(text.length / LINE) }, (_, i) =>
  text.slice(i * LINE, (i + 1) * LINE),
);
const source = `/** Written by \`npm run kernels\` from assembly/. WebAssembly as base64. */
export const COMPILED = \`
${lines.join('\n')}
\`;
`;

if (!process.argv.includes('--check')) writeFileSync(COMPILED, source);
else if (readFileSync(COMPILED, 'utf8') !== source) {
  throw new Error(`${COMPILED} is not what assembly/ compiles to: run \`npm run kernels\``);
}
