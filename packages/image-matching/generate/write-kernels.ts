/**
 * Compiles kernels/assembly (AssemblyScript) to WebAssembly and writes it as kernels/compiled.ts, which is checked in, so that
 * nothing is compiled where leakwatch is installed. `npm run kernels`; with --check it fails when the file differs.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { main } from 'assemblyscript/asc';

const ENTRY = 'packages/image-matching/kernels/assembly/index.ts';
const COMPILED = 'packages/image-matching/kernels/compiled.ts';
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '16'];
const LINE = 120;

let binary: Uint8Array | null = null;
const { error, stderr } = await main([ENTRY, '--outFile', 'kernels.wasm', ...OPTIONS], {
  writeFile: (name, contents) => {
    if (name.endsWith('.wasm') && typeof contents !== 'string') binary = contents;
  },
});
if (error !== null || binary === null) {
  throw new Error(`the kernels don't compile: ${stderr.toString()}`, { cause: error });
}

const text = Buffer.from(binary).toString('base64');
const lines = Array.from({ length: Math.ceil(text.length / LINE) }, (_, i) =>
  text.slice(i * LINE, (i + 1) * LINE),
);
const source = `/** Written by \`npm run kernels\` from assembly/. WebAssembly as base64. */
export const COMPILED = \`
${lines.join('\n')}
\`;
`;

if (!process.argv.includes('--check')) await writeFile(COMPILED, source);
else if ((await readFile(COMPILED, 'utf8')) !== source) {
  throw new Error(`${COMPILED} is not what assembly/ compiles to: run \`npm run kernels\``);
}
