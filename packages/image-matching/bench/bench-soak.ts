/**
 * Memory over many pictures: fingerprints and matches them through the worker pool, samples the memory of the whole process
 * (threads included) and says whether it grows. `tsx packages/image-matching/bench/bench-soak.ts --images 100000 --workers 2`
 */
import { parseArgs } from 'node:util';
import { compileImageMatcher, createImageEngine, ImageError } from '../index.ts';
import { median } from './pictures-of.ts';
import { soakPictures } from './soak-pictures.ts';

const { values } = parseArgs({
  options: { images: { type: 'string', default: '100000' }, workers: { type: 'string', default: '2' } },
});
const images = Number(values.images);
const workers = Number(values.workers);
const DISTINCT_FILES = 400;
const ASSETS = 20;
const SAMPLES = 50;

interface Sample {
  readonly images: number;
  readonly residentMb: number;
}

const files = await soakPictures(DISTINCT_FILES);
const engine = await createImageEngine({ workers });
const outcomes = new Map<string, number>();
const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

const items = [];
for (const [i, bytes] of files
  .filter((_, at) => at % 10 !== 9)
  .slice(0, ASSETS)
  .entries()) {
  items.push({ campaignId: 'soak', assetId: String(i), data: (await engine.register(bytes)).data });
}
const matcher = compileImageMatcher(items);

const samples: Sample[] = [];
const began = performance.now();
const every = Math.max(1, Math.floor(images / SAMPLES));
let next = 0;

async function work(): Promise<void> {
  while (next < images) {
    const at = next++;
    try {
      const { data } = await engine.fingerprint(files[at % files.length]!);
      count((await matcher.match(data)).length > 0 ? 'matched' : 'clean');
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      count(error.reason);
    }
    if ((at + 1) % every === 0) sample(at + 1);
  }
}

function sample(done: number): void {
  const residentMb = process.memoryUsage.rss() / 2 ** 20;
  samples.push({ images: done, residentMb });
  const perSecond = (done / (performance.now() - began)) * 1000;
  console.log(
    `${String(done).padStart(8)} images  ${residentMb.toFixed(0).padStart(5)} MiB  ${perSecond.toFixed(0)}/s`,
  );
}

await Promise.all(Array.from({ length: workers * 2 }, work));
await engine.close();

const settled = samples.slice(Math.floor(samples.length / 5));
const half = Math.floor(settled.length / 2);
const residentOf = (part: readonly Sample[]) => median(part.map(({ residentMb }) => residentMb)).toFixed(0);
console.log(
  `after the first fifth: ${slope(settled).toFixed(2)} MiB more for each 10,000 images; median of the first half ` +
    `${residentOf(settled.slice(0, half))} MiB, of the second ${residentOf(settled.slice(half))} MiB`,
);
console.log(`outcomes: ${[...outcomes].map(([outcome, n]) => `${outcome} ${n}`).join(', ')}`);

/** Least-squares slope through the samples, for 10,000 images. */
function slope(line: readonly Sample[]): number {
  const meanX = line.reduce((sum, { images: x }) => sum + x, 0) / line.length;
  const meanY = line.reduce((sum, { residentMb: y }) => sum + y, 0) / line.length;
  const covariance = line.reduce((sum, { images: x, residentMb: y }) => sum + (x - meanX) * (y - meanY), 0);
  const variance = line.reduce((sum, { images: x }) => sum + (x - meanX) ** 2, 0);
  return (covariance / variance) * 10_000;
}
