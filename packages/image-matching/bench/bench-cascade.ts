import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Result = z.object({ done: z.number(), ms: z.number(), cpuMs: z.number() });

export interface CascadeSet {
  readonly assetFolder: string;
  readonly postFolder: string;
}

/** The whole cascade (decode to match) in one process and in two at once, by the number of assets, beside sharp-phash. */
export async function benchCascade(
  set: CascadeSet,
  counts: readonly number[],
  seconds: number,
): Promise<void> {
  for (const assets of counts) {
    for (const engine of ['leakwatch', 'sharp-phash']) {
      const one = await run(set, { engine, assets, processes: 1, seconds });
      const two = await run(set, { engine, assets, processes: 2, seconds });
      console.log(
        `${String(assets).padStart(6)} assets, ${engine.padEnd(11)}: one process ${one.rate.toFixed(1)} pictures/s ` +
          `(${one.perCpuSecond.toFixed(1)} a second of processor time), two ${two.rate.toFixed(1)}, ${(two.rate / one.rate).toFixed(2)} × one`,
      );
    }
  }
}

interface Run {
  readonly engine: string;
  readonly assets: number;
  readonly processes: number;
  readonly seconds: number;
}

async function run(
  { assetFolder, postFolder }: CascadeSet,
  { engine, assets, processes, seconds }: Run,
): Promise<{ rate: number; perCpuSecond: number }> {
  const children = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL('./cascade-process.ts', import.meta.url)), [
      ...[engine, assetFolder, postFolder],
      ...[String(assets), String(seconds)],
    ]),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  const results = await Promise.all(children.map(measure));
  const done = results.reduce((sum, result) => sum + result.done, 0);
  return {
    rate: results.reduce((sum, result) => sum + (result.done / result.ms) * 1000, 0),
    perCpuSecond: (done / results.reduce((sum, result) => sum + result.cpuMs, 0)) * 1000,
  };
}

async function measure(child: ChildProcess): Promise<z.infer<typeof Result>> {
  const answer = new Promise<unknown>((resolve) => child.once('message', resolve));
  child.send('go');
  return Result.parse(await answer);
}
