/**
 * Soaks all services, in separate processes on a real Kafka, with posts at a steady rate, and samples the resident memory of each
 * process. A leak of memory shows as a slope.
 *
 *   npm run soak:pipeline [-- --minutes 30 --rate 300]
 */
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toError } from '@leakwatch/runtime';
import { NODE_ARGS, SEED } from './measure-on-kafka.ts';
import { startPipeline } from './pipeline-under-test.ts';
import { createPlantedPosts } from './planted-posts.ts';
import { slopePerHour, type Sample } from './slope.ts';
import { openTestbed } from './testbed.ts';
import { writePictures } from './write-pictures.ts';

const SAMPLE_MS = 10_000;
const KIB_PER_MIB = 1024;
/** Seconds' worth of posts that are handed in at a time. */
const ROUND_SECONDS = 10;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    /** Posts a second. */
    rate: { type: 'string', default: '300' },
    /** File for one line a sample; none by default. */
    samples: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const rate = Number(values.rate);

/** Resident memory in MiB, from /proc (Linux only). */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kib === undefined) throw new Error(`process ${pid} has ended`);
  return Number(kib) / KIB_PER_MIB;
}

const file = values.samples === undefined ? null : createWriteStream(values.samples);
const testbed = await openTestbed('kafka');
const posts = createPlantedPosts({ seed: SEED, imageShare: 0.02 });
await testbed.watch(posts.watchList(), posts.openMedia);
const pipeline = await startPipeline(testbed, NODE_ARGS);
const samples = new Map<string, Sample[]>();
const started = performance.now();
const elapsed = () => (performance.now() - started) / 1000;

const failures: Error[] = [];
const sampling = setInterval(() => {
  void sample().catch((error: unknown) => failures.push(toError(error)));
}, SAMPLE_MS);

async function sample(): Promise<void> {
  const line: string[] = [];
  for (const [name, { pid }] of pipeline.services) {
    const mib = await residentMemory(pid);
    samples.set(name, [...(samples.get(name) ?? []), { seconds: elapsed(), mib }]);
    line.push(`${name} ${mib.toFixed(1)}`);
  }
  file?.write(`${elapsed().toFixed(0)} s: ${line.join(', ')} MiB\n`);
}

try {
  while (elapsed() < minutes * 60) {
    const [failure] = failures;
    if (failure !== undefined) throw failure;
    const round = await posts.take(rate * ROUND_SECONDS);
    await writePictures(testbed, posts, round);
    await pipeline.steadily(round, rate);
  }
  const leaks = await pipeline.checkLeaks();
  console.log(
    `${minutes} minutes at ${rate} posts/s; each of ${leaks} planted leaks is in exactly one alert, once`,
  );
  console.log('| process | MiB at half time | at the end | slope over the second half |');
  console.log('| --- | --- | --- | --- |');
  for (const [name, all] of samples) {
    const half = all.slice(Math.floor(all.length / 2));
    const at = (one: Sample | undefined) => (one?.mib ?? Number.NaN).toFixed(1);
    console.log(`| ${name} | ${at(half[0])} | ${at(half.at(-1))} | ${slopePerHour(half).toFixed(1)} MiB/h |`);
  }
} finally {
  clearInterval(sampling);
  await pipeline.close();
  await testbed.close();
  file?.end();
}
