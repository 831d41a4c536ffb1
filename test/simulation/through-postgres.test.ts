/**
 * Runs one season through the real alerting service on a real Postgres, week by week by an injected clock. Erring people judge, the
 * command reports, and the report must equal the simulation's own counts.
 */
import { createAlerting, loadAlertingConfig } from '@leakwatch/alerting';
import { giveVerdict } from '@leakwatch/alerting/desk';
import { listAlerts } from '@leakwatch/alerting/incidents';
import {
  attentionAt,
  decideSample,
  drawPost,
  listReviewSamples,
  samplingPolicy,
  type ReviewSample,
} from '@leakwatch/alerting/measure';
import {
  postThreadId,
  RegisteredCampaignSchema,
  ReportSchema,
  TOPICS,
  type Creator,
  type Report,
} from '@leakwatch/contracts';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { saveWatchList } from '@leakwatch/store';
import { openTestStore } from '@leakwatch/store/testing';
import { BUILT_IN_RULESET, compileRuleset } from '@leakwatch/tier-rules';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { seededRandom } from '../harness/seeded-random.ts';
import { DAY_MS, inventSeason, START } from './invent-season.ts';
import { livePosts, seedOf, type LivedPost } from './live-a-season.ts';
import { postOf, recordsOf } from './season-records.ts';
import { createIncidents } from './simulated-incidents.ts';
import { followTiers } from './simulated-tiers.ts';

const SEED = 7;
const DAYS = 90;
const WEEK_MS = 7 * DAY_MS;
const SAMPLING = { seed: 'through postgres', uniformShare: 0.1 };
const VERDICTS = { sensitivity: 0.97, specificity: 0.95 };

const ruleset = compileRuleset(BUILT_IN_RULESET, 'built-in ruleset');
const season = inventSeason(SEED, 300);
const lives = season.creators.map((creator) => ({ creator, posts: livePosts(season, creator, SEED, DAYS) }));
const all = lives
  .flatMap(({ creator, posts }) => posts.map((post) => ({ creator, post })))
  .sort((one, other) => one.post.publishedAt.getTime() - other.post.publishedAt.getTime());
const threadOf = (post: LivedPost, creator: Creator) => postThreadId(postOf(post, creator));

/** The reviewers' judgement of the alert that a post opened; null when they give none. Fixed by the post's name. */
function judgeOf(post: Pick<LivedPost, 'name'>): ((isSo: boolean) => boolean) | null {
  const people = seededRandom(seedOf('verdict', post.name));
  if (people() > 0.8) return null;
  return (isSo) => people() < (isSo ? VERDICTS.sensitivity : 1 - VERDICTS.specificity);
}

let report: Report;
let drawn: ReviewSample[];

beforeAll(async () => {
  const store = await openTestStore();
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
    partitions: 3,
  });
  let now = START;
  const { version } = await store.transaction((tx) =>
    saveWatchList(tx, {
      campaigns: season.campaigns.map((campaign) =>
        RegisteredCampaignSchema.parse({ ...campaign, assets: [] }),
      ),
      creators: [...season.creators],
    }),
  );
  const alerting = createAlerting({
    store,
    log,
    metrics: createMetrics({ processMetrics: false }),
    logger: silentLogger(),
    config: { ...loadAlertingConfig({}), sampling: SAMPLING },
    clock: () => now,
    terminal: null,
  });
  const isRead = async (group: string, topic: string) => {
    const committed = await log.committedOffsets(group, topic);
    return [...(await log.endOffsets(topic))].every(
      ([partition, end]) => (committed.get(partition) ?? 0n) === end,
    );
  };
  await alerting.start();
  for (let week = START.getTime(); week < START.getTime() + DAYS * DAY_MS; week += WEEK_MS) {
    now = new Date(week + WEEK_MS);
    const lived = all.filter(({ post }) => {
      const at = post.publishedAt.getTime();
      return week <= at && at < week + WEEK_MS;
    });
    await log.publish(lived.flatMap(({ post, creator }) => recordsOf(post, creator, version)));
    await eventually(async () =>
      (await isRead('alerting', 'detections')) && (await isRead('alerting-posts', 'posts'))
        ? true
        : undefined,
    );
  }
  const truth = new Map(all.map(({ post }) => [post.name, post]));
  for (const alert of await listAlerts(store.pool, { limit: 10_000 })) {
    const first = truth.get(alert.occurrences[0]?.detection.post.nativeId ?? '');
    const call = first === undefined ? null : judgeOf(first);
    if (first === undefined || call === null) continue;
    const verdict = call(first.leaks !== null) ? 'confirmed' : 'false-positive';
    await giveVerdict(store, { alertId: alert.id, verdict, reason: 'simulated', givenBy: 'ann' }, () => now);
  }
  drawn = await listReviewSamples(store.pool, { state: 'pending', limit: 1_000_000 });
  for (const { threadId, post } of drawn) {
    const leaks = truth.get(post.nativeId)?.leaks ?? null;
    const verdict = leaks === null ? 'innocent' : 'leak';
    const decision = { id: threadId, verdict, campaignId: leaks?.id ?? null, by: 'bob', minutes: 1 } as const;
    await decideSample(store.pool, decision, () => now);
  }
  await alerting.stop();
  const answer = await runLeakwatch(['report', '--json'], {
    env: {
      DATABASE_URL: store.connectionString,
      LEAKWATCH_VERDICT_SENSITIVITY: String(VERDICTS.sensitivity),
      LEAKWATCH_VERDICT_SPECIFICITY: String(VERDICTS.specificity),
    },
  });
  expect(answer).toMatchObject({ code: 0, stderr: '' });
  report = ReportSchema.parse(JSON.parse(answer.stdout));
  await log.close();
  await store.drop();
}, 300_000);

/** The simulation's own counts. */
const counted = lives.map(({ creator, posts }) => {
  const incidents = createIncidents(judgeOf);
  const alerted = posts.filter((post) => incidents.take(post, []) !== null);
  return { creator, posts, alerted, outcomes: incidents.outcomes() };
});
const outcomes = counted.flatMap((one) => one.outcomes);
const leaks = all.filter(({ post }) => post.leaks !== null);
const caught = leaks.filter(({ post }) => post.alert !== null);

describe('A season through Postgres', () => {
  it('has the alerts and the verdicts that the simulation has counted', () => {
    const judged = outcomes.filter(({ verdict }) => verdict !== null);
    expect(outcomes.length).toBeGreaterThan(15);
    expect(report.precision[0]).toMatchObject({
      n: judged.length,
      right: judged.filter(({ verdict }) => verdict === 'confirmed').length,
      unreviewed: outcomes.length - judged.length,
    });
  });

  it('draws the posts that the sampler draws without it', () => {
    const policy = samplingPolicy(ruleset, SAMPLING);
    const expected = counted
      // An alert moves the creator's tier; the service does so some moments after the post.
      .filter(({ alerted }) => alerted.length === 0)
      .flatMap(({ creator, posts }) => {
        const tiers = followTiers(season, creator, ruleset);
        let ordinal = 0n;
        return posts.flatMap((post) => {
          const attention = attentionAt(tiers.spansAt(post.publishedAt, []), post.publishedAt);
          const isCounted = policy.reviewOf(attention.tier).everyNth !== null;
          const threadId = threadOf(post, creator);
          const { strata, probability } = drawPost(
            { threadId, creatorId: creator.id, attention, ordinal: isCounted ? ordinal : null },
            policy,
          );
          if (isCounted) ordinal += 1n;
          return strata.length === 0 ? [] : [{ threadId, strata, probability }];
        });
      });
    const quiet = new Set(
      counted.filter(({ alerted }) => alerted.length === 0).map(({ creator }) => creator.id),
    );
    const found = drawn
      .filter(({ creatorId }) => quiet.has(creatorId))
      .map(({ threadId, strata, probability }) => ({ threadId, strata, probability }));
    const byThread = (one: { threadId: string }, other: { threadId: string }) =>
      one.threadId < other.threadId ? -1 : 1;
    expect(expected.length).toBeGreaterThan(100);
    expect(found.sort(byThread)).toEqual(expected.sort(byThread));
  });

  it('knows the truth within its intervals', () => {
    const right = outcomes.filter(({ isRight }) => isRight).length / outcomes.length;
    const recall = caught.length / leaks.length;
    const { interval } = report.precision[0] ?? {};
    expect(interval?.low).toBeLessThanOrEqual(right);
    expect(interval?.high).toBeGreaterThanOrEqual(right);
    expect(report.recall.interval?.low).toBeLessThanOrEqual(recall);
    expect(report.recall.interval?.high).toBeGreaterThanOrEqual(recall);
    expect(report.recall).toMatchObject({ drawn: drawn.length, reviewed: drawn.length });
  });

  it('accounts for every creator', () => {
    const { registered, fresh, stale, uncollectable } = report.coverage;
    expect(registered).toBe(season.creators.length);
    expect(fresh + stale + uncollectable).toBe(registered);
    expect(uncollectable).toBe(0);
  });

  it('counts the minutes of review', () => {
    expect(report.review).toEqual({
      waiting: 0,
      minutes: drawn.length,
      minutesPerCreator: drawn.length / season.creators.length,
    });
  });
});
