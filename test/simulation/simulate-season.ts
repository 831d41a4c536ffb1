/** Runs a season through the real sampler, tiers and estimators, without a database and without waiting. */
import {
  assessCoverage,
  attentionAt,
  drawPost,
  makeReport,
  samplingPolicy,
  type AlertOutcome,
  type AttentionSpan,
  type ReportInput,
  type SampleOutcome,
  type SamplingPolicy,
  type SamplingSettings,
} from '@leakwatch/alerting/measure';
import { type Creator, type Report } from '@leakwatch/contracts';
import { type Judge } from '@leakwatch/estimates';
import { type Ruleset } from '@leakwatch/tier-rules';
import { seededRandom } from '../harness/seeded-random.ts';
import { DAY_MS, inventSeason, START, type Season } from './invent-season.ts';
import { livePosts, seedOf, type LivedPost } from './live-a-season.ts';
import { createIncidents } from './simulated-incidents.ts';
import { followTiers, type TierMove } from './simulated-tiers.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly creators: number;
  readonly days: number;
  readonly ruleset: Ruleset;
  readonly sampling: SamplingSettings;
  readonly reviewers: ReportInput['reviewers'];
}

/** Truth that only the simulation knows. */
export interface Truth {
  readonly leaks: number;
  readonly caught: number;
  readonly precision: number;
  readonly recall: number;
}

export interface Simulated {
  readonly report: Report;
  readonly truth: Truth;
  readonly moves: readonly TierMove[];
  readonly posts: number;
}

/** Shares of alerts that people judge and of samples that they review, and the minutes of one review. */
const ALERTS_JUDGED = 0.8;
const SAMPLES_REVIEWED = 0.9;
const REVIEW_MINUTES = 1.5;

export function simulateSeason(options: SimulationOptions): Simulated {
  const { seed, days, reviewers } = options;
  const season = inventSeason(seed, options.creators);
  const people = seededRandom(seedOf(seed, 'people'));
  const callBy =
    ({ sensitivity, specificity }: Judge) =>
    (isSo: boolean) =>
      people() < (isSo ? sensitivity : 1 - specificity);
  const policy = samplingPolicy(options.ruleset, options.sampling);
  const callSample = callBy(reviewers.samples);
  const alerts: (AlertOutcome & { isRight: boolean })[] = [];
  const samples: SampleOutcome[] = [];
  const moves: TierMove[] = [];
  const heard: { creator: Creator; at: Date }[] = [];
  const count = { posts: 0, leaks: 0, caught: 0 };

  for (const creator of season.creators) {
    const tiers = followTiers(season, creator, options.ruleset);
    const incidents = createIncidents(() => (people() < ALERTS_JUDGED ? callBy(reviewers.alerts) : null));
    let last: LivedPost | null = null;
    for (const [ordinal, post] of livePosts(season, creator, seed, days).entries()) {
      count.posts += 1;
      last = post;
      const spans = tiers.spansAt(post.publishedAt, incidents.history());
      if (post.leaks !== null) count.leaks += 1;
      if (post.leaks !== null && post.alert !== null) count.caught += 1;
      const incident = incidents.take(post, spans);
      const sample = draw(policy, creator, post, ordinal, spans);
      if (sample === null) continue;
      const isReviewed = people() < SAMPLES_REVIEWED;
      const isLeak = isReviewed && callSample(post.leaks !== null);
      samples.push({
        probability: sample,
        verdict: isReviewed ? (isLeak ? 'leak' : 'innocent') : null,
        campaignId: isLeak ? (post.leaks?.id ?? null) : null,
        minutes: isReviewed ? REVIEW_MINUTES : null,
        publishedAt: post.publishedAt,
        reviewedAt: isReviewed ? new Date(post.publishedAt.getTime() + DAY_MS) : null,
        alerted: incident !== null,
        alertVerdict: incident?.verdict ?? null,
        inRankedHalf: false,
        shownByNearness: false,
      });
    }
    alerts.push(...incidents.outcomes());
    moves.push(...tiers.moves());
    if (last !== null) heard.push({ creator, at: last.publishedAt });
  }

  const at = new Date(START.getTime() + days * DAY_MS);
  const report = makeReport({
    scope: { since: null, until: null, campaignId: null },
    at,
    alerts,
    samples,
    coverage: coverageOf(season, heard, at),
    reviewers,
    target: 0.8,
  });
  const right = alerts.filter(({ isRight }) => isRight).length;
  const truth = {
    leaks: count.leaks,
    caught: count.caught,
    precision: right / alerts.length,
    recall: count.caught / count.leaks,
  };
  return { report, truth, moves, posts: count.posts };
}

/** The probability with which the post was sampled; null for a post that was not. */
function draw(
  policy: SamplingPolicy,
  creator: Creator,
  post: LivedPost,
  ordinal: number,
  spans: readonly AttentionSpan[],
): number | null {
  const attention = attentionAt(spans, post.publishedAt);
  const drawable = {
    threadId: post.name,
    creatorId: creator.id,
    attention,
    ordinal: policy.reviewOf(attention.tier).everyNth === null ? null : BigInt(ordinal),
  };
  const { strata, probability } = drawPost(drawable, policy);
  return strata.length === 0 ? null : probability;
}

const QUIET_DAYS = 7;

function coverageOf({ creators }: Season, heard: readonly { creator: Creator; at: Date }[], at: Date) {
  return assessCoverage({
    creators,
    tierOf: () => 1,
    heard: heard.flatMap(({ creator, at: heardAt }) =>
      creator.accounts.map(({ platform, instance = '', nativeId = '', handle = '' }) => ({
        creatorId: creator.id,
        platform,
        instance,
        accountId: nativeId,
        handle,
        heardAt,
        publishedAt: heardAt,
      })),
    ),
    polls: [],
    sourcePlatforms: ['mock'],
    quietMs: () => QUIET_DAYS * DAY_MS,
    at,
  });
}
