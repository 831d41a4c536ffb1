/**
 * Simulates review queues that are ordered by nearness to campaigns' briefs, on real posts of a labelled set (labelled-set.ts):
 *
 *   npm run eval:nearness -- FOLDER [--seeds N] [--queue N] [--near N]
 *
 * Each seed draws a queue: real posts without a leak, and a few invented ones that tell a secret without its name. The lift is the share
 * of these among the first posts shown by nearness, divided by their share in drawn order. The interval is a bootstrap over seeds.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { rankByNearness, type RankedCampaign } from '@leakwatch/alerting/measure';
import { z } from 'zod';
import { seededRandom } from '../harness/seeded-random.ts';
import { CAMPAIGNS } from './nearness/made-up-posts.ts';

const PostSchema = z.object({ text: z.string(), family: z.string() });
const FIRST = [10, 30, 60];
const RESAMPLES = 2_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '400' },
    queue: { type: 'string', default: '300' },
    near: { type: 'string', default: '9' },
  },
});
const folder = positionals[0];
if (folder === undefined) {
  process.stderr.write('name the folder of the labelled set\n');
  process.exit(2);
}
const file = path.resolve(process.env.INIT_CWD ?? '.', folder, 'posts.jsonl');
const real = (await readFile(file, 'utf8'))
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => PostSchema.parse(JSON.parse(line)))
  .filter(({ family }) => family === 'real')
  .map(({ text }) => text);

const telling = CAMPAIGNS.flatMap(({ paraphrases }) => paraphrases);
const ofTheField = CAMPAIGNS.flatMap(({ innocent }) => innocent);
const [seeds, length, near] = [Number(values.seeds), Number(values.queue), Number(values.near)];
const terms = (term: string) => [{ text: term, kind: 'product' }];
const withBriefs: RankedCampaign[] = CAMPAIGNS.map(({ brief, term }) => ({ brief, terms: terms(term) }));
const withoutBriefs: RankedCampaign[] = CAMPAIGNS.map(({ term }) => ({ terms: terms(term) }));

console.log(
  `${seeds} queues of ${length} posts, ${near} of ${telling.length} invented ones in each; ${real.length} real posts`,
);
measure('briefs, real posts only', withBriefs, 0);
measure('briefs, innocent posts of the same fields among them', withBriefs, ofTheField.length);
measure('no briefs: terms alone', withoutBriefs, 0);
measure(
  'as reviewers get them: every second post, from one half of the queue',
  withBriefs,
  ofTheField.length,
  true,
);

function measure(
  title: string,
  campaigns: readonly RankedCampaign[],
  distractors: number,
  inTurns = false,
): void {
  const runs = Array.from({ length: seeds }, (_, seed) =>
    runOnce(seed + 1, { campaigns, distractors, inTurns }),
  );
  console.log(`\n${title}`);
  FIRST.forEach((first, at) => {
    const pairs = runs.map((run) => run[at]!);
    const share = (key: 'drawn' | 'ranked') => (100 * total(pairs, key)) / (first * pairs.length);
    const [low, high] = bootstrap(pairs);
    console.log(
      `  first ${first}: ${share('drawn').toFixed(1)} % drawn, ${share('ranked').toFixed(1)} % by nearness, ` +
        `lift ${lift(pairs).toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`,
    );
  });
}

interface Hits {
  readonly drawn: number;
  readonly ranked: number;
}

interface Run {
  readonly campaigns: readonly RankedCampaign[];
  /** Number of innocent posts of the campaigns' fields in the queue. */
  readonly distractors: number;
  /** Whether the order is that of `leakwatch review next`. */
  readonly inTurns: boolean;
}

function runOnce(seed: number, { campaigns, distractors, inTurns }: Run): Hits[] {
  // The generator's first numbers are alike for seeds that follow each other.
  const random = seededRandom(seed * 2_654_435_761);
  const queue = shuffled(
    [
      ...pick(telling, near, random).map((text) => ({ text, tells: true })),
      ...pick(ofTheField, distractors, random).map((text) => ({ text, tells: false })),
      ...pick(real, length - near - distractors, random).map((text) => ({ text, tells: false })),
    ],
    random,
  ).map((post, at) => ({ ...post, id: String(at) }));
  const ranked = rankByNearness(
    queue.map(({ id, text }) => ({
      ...{ id, text, creatorId: 'c', publishedAt: new Date(0) },
      mayRank: !inTurns || Number(id) % 2 === 1,
    })),
    campaigns,
  );
  const drawn = queue.map(({ id }) => id);
  const order = inTurns ? alternate(drawn, ranked) : [...new Set([...ranked, ...drawn])];
  const byNearness = order.map((id) => queue[Number(id)]!);
  const hits = (posts: readonly { tells: boolean }[]) => posts.filter(({ tells }) => tells).length;
  return FIRST.map((first) => ({
    drawn: hits(queue.slice(0, first)),
    ranked: hits(byNearness.slice(0, first)),
  }));
}

/** Takes the half in drawn order and the nearest in turns, then what is left. */
function alternate(drawn: readonly string[], ranked: readonly string[]): string[] {
  const half = drawn.filter((id) => Number(id) % 2 === 0);
  return [...new Set([...half.flatMap((id, at) => [id, ...ranked.slice(at, at + 1)]), ...ranked, ...drawn])];
}

function total(pairs: readonly Hits[], key: keyof Hits): number {
  return pairs.reduce((sum, pair) => sum + pair[key], 0);
}

function lift(pairs: readonly Hits[]): number {
  return total(pairs, 'ranked') / total(pairs, 'drawn');
}

function bootstrap(pairs: readonly Hits[]): [number, number] {
  const random = seededRandom(1);
  const lifts = Array.from({ length: RESAMPLES }, () =>
    lift(pairs.map(() => pairs[Math.floor(random() * pairs.length)]!)),
  ).sort((a, b) => a - b);
  return [lifts[Math.floor(RESAMPLES * 0.025)]!, lifts[Math.floor(RESAMPLES * 0.975)]!];
}

function pick(from: readonly string[], count: number, random: () => number): string[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, from.length)) chosen.add(Math.floor(random() * from.length));
  return [...chosen].map((at) => from[at]!);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const all = [...items];
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other]!, all[last]!];
  }
  return all;
}
