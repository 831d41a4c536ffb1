import { setTimeout as sleepFor } from 'node:timers/promises';
import { type SubmittedPost, type WatchListInput } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { z } from 'zod';
import { type Source, type SourceItem } from '../source.ts';
import { type Disguises } from './disguise-name.ts';
import { inventWorld, watchListOf } from './invent-world.ts';
import { createMockPictures } from './mock-pictures.ts';
import { pacer } from './pace.ts';
import { planPost, type PostPlan } from './plan-post.ts';
import { LANGUAGES } from './write-text.ts';

const PLATFORM = 'mock';

export interface MockSourceOptions {
  readonly seed: number;
  readonly ratePerSecond: number;
  /** Ends after this many posts in all, including those before a restart; without it, never. */
  readonly count?: number;
  /** Default: 200. */
  readonly creators?: number;
  /** Default: 4. With more than one, the last one's embargo has lifted. */
  readonly campaigns?: number;
  /** Share of posts with a picture, by default 0.04; 0 for no picture at all. */
  readonly imageShare?: number;
  /** Share of posts that leak, by default 0.02. Half as many more mention a lifted campaign. */
  readonly leakShare?: number;
  /** Default: `easy`. */
  readonly disguises?: Disguises;
  readonly clock?: () => Date;
  /** Resolves after this many milliseconds; rejects once the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The truth about a post. */
export interface MockTruth {
  /** The post's native id. */
  readonly postId: string;
  /** The author's id in the watch list. */
  readonly creatorId: string;
  /** Leaks that must raise an alert; a mention of a lifted campaign is none. */
  readonly leaks: readonly {
    readonly campaignId: string;
    readonly itemId: string;
    readonly kind: 'term' | 'asset';
  }[];
}

export interface MockSource extends Source {
  /** The invented brands' watch list; {@link Source.openMedia} opens its assets' files. */
  watchList(): WatchListInput;
  /**
   * The truth of post `n`, counted from 0: a pure function of the options, so that a test can compute it after any crash.
   */
  truthOf(n: number): MockTruth;
}

/** The number of posts handed over. */
const CheckpointSchema = z.string().regex(/^\d+$/).transform(Number);

/**
 * Posts of invented creators about invented brands, some of which leak, at a steady rate. The same seed and options give
 * the same posts, except for `publishedAt`, the moment a post is handed over.
 *
 * @throws UsageError if an option makes no sense
 */
export function createMockSource(options: MockSourceOptions): MockSource {
  const { seed, ratePerSecond, count = Infinity } = options;
  const { creators = 200, campaigns = 4 } = options;
  const { imageShare = 0.04, leakShare = 0.02, disguises = 'easy' } = options;
  const { clock = () => new Date(), sleep = sleepUntilAborted } = options;
  checkOptions({ seed, ratePerSecond, creators, campaigns, imageShare, leakShare });

  const instance = `seed-${seed}`;
  const world = inventWorld(seed, { creators, campaigns, languages: LANGUAGES });
  const plan = (n: number) => planPost(world, seed, n, { imageShare, leakShare, disguises });
  const idOf = (n: number) => `mock-${seed}-${n}`;

  async function* read(checkpoint: string | null, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const untilDue = pacer({ ratePerSecond, clock, sleep });
    let n = checkpoint === null ? 0 : CheckpointSchema.parse(checkpoint);
    while (n < count && (await untilDue(signal))) {
      const post = submit(idOf(n), plan(n), clock());
      n += 1;
      yield { place: `mock:${seed}:${n}`, raw: JSON.stringify(post), checkpoint: String(n) };
    }
  }

  return {
    name: `mock:${seed}`,
    transport: 'generated',
    platform: PLATFORM,
    instance,
    read,
    openMedia: createMockPictures(
      seed,
      world.campaigns.flatMap(({ assets }) => assets),
    ),
    watchList: () => watchListOf(world, { platform: PLATFORM, instance }),
    truthOf: (n) => ({ postId: idOf(n), ...truthOfPlan(plan(n)) }),
  };
}

function submit(id: string, plan: PostPlan, now: Date): SubmittedPost {
  const { nativeId, handle, name, lang } = plan.creator;
  return {
    id,
    author: { id: nativeId, handle, displayName: name, url: `https://mock.invalid/@${handle}` },
    url: `https://mock.invalid/@${handle}/${id}`,
    text: plan.text,
    lang,
    ...(plan.picture === null ? {} : { media: [{ file: plan.picture, mime: 'image/jpeg' }] }),
    publishedAt: now.toISOString(),
  };
}

function truthOfPlan({ creator, mention }: PostPlan): Omit<MockTruth, 'postId'> {
  if (mention === null || mention.campaign.hasLifted) return { creatorId: creator.id, leaks: [] };
  const { campaign, term, asset } = mention;
  const leakOf = (item: { id: string } | null, kind: 'term' | 'asset') =>
    item === null ? [] : [{ campaignId: campaign.id, itemId: item.id, kind }];
  return { creatorId: creator.id, leaks: [...leakOf(term, 'term'), ...leakOf(asset, 'asset')] };
}

const OptionsSchema = z.object({
  seed: z.int(),
  ratePerSecond: z.number().positive(),
  creators: z.int().min(1),
  campaigns: z.int().min(1),
  imageShare: z.number().min(0).max(1),
  leakShare: z.number().min(0).max(1),
});

function checkOptions(options: z.input<typeof OptionsSchema>): void {
  const checked = OptionsSchema.safeParse(options);
  if (!checked.success) throw new UsageError(`mock source: ${z.prettifyError(checked.error)}`);
}

async function sleepUntilAborted(ms: number, signal: AbortSignal): Promise<void> {
  await sleepFor(ms, undefined, { signal });
}
