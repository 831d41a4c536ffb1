import { attentionAt, type AlertOutcome, type AttentionSpan } from '@leakwatch/alerting/measure';
import { type VerdictKind } from '@leakwatch/contracts';
import { type PastAlert } from '@leakwatch/tier-rules';
import { DAY_MS } from './invent-season.ts';
import { type LivedPost } from './live-a-season.ts';

interface Incident {
  readonly campaignId: string;
  readonly isSerious: boolean;
  readonly isRight: boolean;
  readonly verdict: VerdictKind | null;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly latencyMs: number;
  readonly tier: AlertOutcome['tier'];
  lastPostAt: Date;
  posts: number;
}

export interface SimulatedIncidents {
  /** The incident that a post raises or joins; null where it raises no alert. */
  take(post: LivedPost, spans: readonly AttentionSpan[]): { readonly verdict: VerdictKind | null } | null;
  history(): readonly PastAlert[];
  outcomes(): (AlertOutcome & { isRight: boolean })[];
}

const EPISODE_GAP_MS = DAY_MS;
const ANSWER_MS = 20 * 60_000;
const RESOLVE_MS = 0.5 * DAY_MS;
const DUE_MS = 3_600_000;

/** One creator's incidents. Posts of one campaign within a day of each other are one; it is judged when it opens or never. */
export function createIncidents(
  findJudge: (post: LivedPost) => ((isSo: boolean) => boolean) | null,
): SimulatedIncidents {
  const incidents: Incident[] = [];
  const open = (post: LivedPost, spans: readonly AttentionSpan[]): Incident | null => {
    if (post.alert === null) return null;
    const { campaign, at } = post.alert;
    const isRight = post.leaks !== null;
    const judge = findJudge(post);
    const verdict = judge === null ? null : judge(isRight) ? 'confirmed' : 'false-positive';
    return {
      campaignId: campaign.id,
      isSerious: campaign.sensitivity === 'high' || campaign.sensitivity === 'critical',
      isRight,
      verdict,
      openedAt: at,
      resolvedAt: verdict === null ? null : new Date(at.getTime() + RESOLVE_MS),
      latencyMs: at.getTime() - post.publishedAt.getTime(),
      tier: attentionAt(spans, post.publishedAt).tier,
      lastPostAt: post.publishedAt,
      posts: 1,
    };
  };
  return {
    take: (post, spans) => {
      const { alert, publishedAt } = post;
      if (alert === null) return null;
      const known = incidents.findLast(
        ({ campaignId, lastPostAt }) =>
          campaignId === alert.campaign.id && publishedAt.getTime() - lastPostAt.getTime() <= EPISODE_GAP_MS,
      );
      if (known !== undefined) {
        known.lastPostAt = publishedAt;
        known.posts += 1;
        return known;
      }
      const opened = open(post, spans);
      if (opened !== null) incidents.push(opened);
      return opened;
    },
    history: () =>
      incidents.map(({ openedAt, resolvedAt, isSerious, verdict }) => ({
        openedAt,
        resolvedAt,
        severity: isSerious ? 'high' : 'medium',
        resolution: verdict,
      })),
    outcomes: () => incidents.map(outcomeOf),
  };
}

function outcomeOf(incident: Incident): AlertOutcome & { isRight: boolean } {
  const { openedAt, latencyMs, verdict, ...rest } = incident;
  return {
    id: `${rest.campaignId} ${openedAt.toISOString()}`,
    tier: rest.tier,
    campaignId: rest.campaignId,
    resolvedAt: rest.resolvedAt,
    posts: rest.posts,
    isRight: rest.isRight,
    matcher: 'text',
    ruleId: 'simulated',
    verdict,
    duplicate: false,
    leak: true,
    detectionLatencyMs: latencyMs,
    openedAt,
    answeredAt: verdict === null ? null : new Date(openedAt.getTime() + ANSWER_MS),
    answerDueAt: new Date(openedAt.getTime() + DUE_MS),
  };
}
