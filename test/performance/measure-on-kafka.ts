import { startPipeline, type PipelineUnderTest } from './pipeline-under-test.ts';
import { createPlantedPosts, type PlantedPosts } from './planted-posts.ts';
import { measurePlainLimit, type PlainLimit } from './plain-limit.ts';
import { openTestbed, type Testbed } from './testbed.ts';
import { writePictures } from './write-pictures.ts';
import { type Latency, type TimedRuns } from './timed-runs.ts';

export interface BenchSize {
  /** Posts of each run at full speed. */
  readonly posts: number;
  /** Length of each run at a steady rate. */
  readonly seconds: number;
  readonly pictures: number;
  /** Number of creators, all registered, as in a brand's programme. */
  readonly creators: number;
  /** Share of the posts that leak. */
  readonly leakShare: number;
}

/** The texts of a run. */
export function plantedTexts({ creators, leakShare }: BenchSize): PlantedPosts {
  return createPlantedPosts({ seed: SEED, imageShare: 0, creators, leakShare });
}

export interface SteadyRun {
  /** Share of the greatest rate. */
  readonly share: number;
  readonly postsPerSecond: number;
  readonly latency: Latency;
}

export interface KafkaMeasurements {
  readonly plain: PlainLimit;
  readonly postsPerSecond: number;
  readonly steady: readonly SteadyRun[];
  readonly postsPerSecondOfTwoMatchers: number;
  readonly imagesPerSecond: number;
  readonly leaks: number;
}

export const SEED = 20261122;
/** Warm-up for the compilers: a broker that has just started spends twice the processor time on a post. */
const WARM_UP_POSTS = 200_000;
/** Warm-up of one more process beside warm ones. */
const NEWCOMERS_WARM_UP_POSTS = 20_000;
/** The image's start options; docs/operate/settings.md gives the reasons. */
export const NODE_ARGS = ['--max-semi-space-size=32', '--single-threaded-gc'];
const SHARES = [0.25, 0.5, 0.75];

export async function measureOnKafka(
  size: BenchSize,
  note: (line: string) => void,
): Promise<KafkaMeasurements> {
  const testbed = await openTestbed('kafka');
  try {
    const texts = plantedTexts(size);
    await testbed.watch(texts.watchList(), texts.openMedia);
    const pipeline = await startPipeline(testbed, NODE_ARGS);
    try {
      return await measureAll(testbed, pipeline, texts, size, note);
    } finally {
      await pipeline.close();
    }
  } finally {
    await testbed.close();
  }
}

/** The plain limit is measured in the middle, so that other load on the machine falls on both alike. */
async function measureAll(
  testbed: Testbed,
  pipeline: PipelineUnderTest,
  texts: PlantedPosts,
  size: BenchSize,
  note: (line: string) => void,
): Promise<KafkaMeasurements> {
  const { brokers, log } = testbed;
  if (brokers === null) throw new Error('this testbed has no Kafka');
  note('warming up …');
  await pipeline.atOnce(await texts.take(WARM_UP_POSTS));

  note(`${size.posts} posts at full speed, twice, and the plain limit between them …`);
  const first = await pipeline.atOnce(await texts.take(size.posts));
  note(`  pipeline ${Math.round(first)} posts/s`);
  const plain = await measurePlainLimit(log, brokers, size.posts);
  note(`  plain consume → produce → commit ${Math.round(plain.passedOn)} records/s`);
  const second = await pipeline.atOnce(await texts.take(size.posts));
  note(`  pipeline ${Math.round(second)} posts/s`);
  const postsPerSecond = (2 * first * second) / (first + second);

  const steady = await measureSteady(pipeline, texts, postsPerSecond, size.seconds, note);

  note('two text matchers …');
  await pipeline.start('matcher text 2', ['matcher', '--lane', 'text']);
  await pipeline.atOnce(await texts.take(NEWCOMERS_WARM_UP_POSTS));
  const postsPerSecondOfTwoMatchers = await pipeline.atOnce(await texts.take(size.posts));

  note(`${size.pictures} pictures …`);
  const pictures = await takePictures(testbed, size.pictures);
  const imagesPerSecond = await pipeline.atOnce(pictures);

  const leaks = await pipeline.checkLeaks();
  return { plain, postsPerSecond, steady, postsPerSecondOfTwoMatchers, imagesPerSecond, leaks };
}

export async function measureSteady(
  runs: Pick<TimedRuns, 'steadily'>,
  texts: PlantedPosts,
  greatestRate: number,
  seconds: number,
  note: (line: string) => void,
): Promise<SteadyRun[]> {
  const measured: SteadyRun[] = [];
  for (const share of SHARES) {
    const postsPerSecond = Math.round(greatestRate * share);
    note(`${postsPerSecond} posts/s for ${seconds} s …`);
    const latency = await runs.steadily(await texts.take(postsPerSecond * seconds), postsPerSecond);
    measured.push({ share, postsPerSecond, latency });
  }
  return measured;
}

/** Innocent posts, each with a picture. */
async function takePictures(testbed: Testbed, count: number) {
  const posts = createPlantedPosts({ seed: SEED + 1, imageShare: 1 });
  const withPictures = await posts.take(count);
  await writePictures(testbed, posts, withPictures);
  return withPictures.map((post) => ({ ...post, leaks: [] }));
}
