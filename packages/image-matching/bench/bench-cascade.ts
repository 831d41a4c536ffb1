import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Result = z.object({ done: z.number(), ms: z.number(), cpuMs: z.number() });

/** The whole cascade (decode to match against 60 assets) in one process and in two at once. */
export async function benchCascade(assetFolder: string, postFolder: string, seconds: number): Promise<void> {
  const one = await run(1, assetFolder, postFolder, seconds);
  const two = await run(2, assetFolder, postFolder, seconds);
  console.log(
    `one core-process: ${one.rate.toFixed(1)} pictures/s (${one.perCpuSecond.toFixed(1)} a second of processor time)`,
  );
  console.log(
    `two: ${two.rate.toFixed(1)} pictures/s, ${(two.rate / one.rate).toFixed(2)} × one (${two.perCpuSecond.toFixed(1)} a second of processor time)`,
  );
}

async function run(
  processes: number,
  assetFolder: string,
  postFolder: string,
  seconds: number,
): Promise<{ rate: number; perCpuSecond: number }> {
  const children = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL('./cascade-process.ts', import.meta.url)), [
      assetFolder,
      postFolder,
      String(seconds),
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
