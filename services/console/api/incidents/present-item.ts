import { nextDeadline } from '@leakwatch/alerting/incidents';
import { type Alert, type Detection, type RegisteredCampaign } from '@leakwatch/contracts';
import { type QueueItem } from '../schemas/index.ts';
import { type WatchNames } from '../watch-names.ts';
import { describeDisguises } from './describe-disguises.ts';
import { findNames, hideNames, lettersOfNames, mergeSpans } from './find-names.ts';
import { HIDDEN, hideSpans } from './hide-spans.ts';
import { type QueueRow } from './queries/list-queue.ts';
import { groupOf } from './queue-group.ts';
import { namesFound } from './secret-names.ts';

export interface Presentation {
  readonly names: WatchNames;
  readonly at: Date;
  /** True: terms and pictures are hidden. */
  readonly redacted: boolean;
}

/** An asset as those see it who may not see which one. */
export const HIDDEN_ASSET = { id: 'hidden', name: HIDDEN };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An incident as a row of the queue. */
export function presentItem(row: QueueRow, { names, at, redacted }: Presentation): QueueItem {
  const { alert } = row;
  const campaign = names.campaigns.get(alert.campaignId);
  const creator = names.creators.get(alert.creatorId);
  const shown = chooseDetection(alert);
  const { post, evidence } = shown;
  const due = nextDeadline(alert);
  const asset = evidence.kind === 'asset' ? assetOf(campaign, evidence.itemId) : null;
  const hidden = redacted ? namesFound(alert, campaign) : [];
  const standing = row.standing > 0 ? 'stands' : row.removedBy === 'delete' ? 'deleted' : 'edited';
  return {
    id: alert.id,
    version: row.version,
    title: titleOf(alert, shown, campaign, row.firstPublishedAt),
    severity: alert.severity,
    priority: alert.priority,
    state: alert.state,
    resolution: alert.resolution,
    tier: alert.tier,
    ruleId: alert.ruleId,
    violation: alert.violation,
    campaign: { id: alert.campaignId, name: campaign?.name ?? alert.campaignId },
    creator: {
      id: alert.creatorId,
      name:
        creator?.name ?? (creator === undefined ? `@${hideNames(post.authorHandle, hidden)}` : creator.id),
      handle: hideNames(post.authorHandle, hidden),
      registered: creator !== undefined,
      followers: creator?.risk.followers ?? null,
    },
    platform: post.platform,
    assignee: alert.assignee,
    group: groupOf({
      isResolved: alert.state === 'resolved',
      isSnoozed: alert.snoozedUntil !== null && new Date(alert.snoozedUntil) > at,
      leftMs: due === null ? null : Date.parse(due) - at.getTime(),
    }),
    due: due === null ? null : { at: due, to: alert.state === 'open' ? 'acknowledge' : 'resolve' },
    snoozedUntil: alert.snoozedUntil,
    openedAt: alert.openedAt,
    publishedAt: row.firstPublishedAt.toISOString(),
    detectionLatencyMs: alert.detectionLatencyMs,
    excerpt: excerptOf(alert, redacted ? hidden : null),
    asset: redacted && asset !== null ? HIDDEN_ASSET : asset,
    why: describeDisguises(evidence.how, redacted ? '' : evidence.matched),
    confidence: evidence.confidence,
    thumbnail:
      redacted || row.pictureSha256 === null
        ? null
        : `/v1/incidents/${alert.id}/pictures/${row.pictureSha256}?width=96`,
    posts: row.posts,
    occurrences: row.occurrences,
    standing,
    regressions: alert.regressions,
    escalationLevel: alert.escalationLevel,
    redacted,
  };
}

export function assetOf(
  campaign: RegisteredCampaign | undefined,
  itemId: string,
): { readonly id: string; readonly name: string } {
  return { id: itemId, name: campaign?.assets.find(({ id }) => id === itemId)?.name ?? itemId };
}

/** The surest finding that still stands, else the surest. */
function chooseDetection({ occurrences }: Alert): Detection {
  const [best] = occurrences.toSorted(
    (one, other) =>
      Number(one.removedAt !== null) - Number(other.removedAt !== null) ||
      other.detection.evidence.confidence - one.detection.evidence.confidence,
  );
  if (best === undefined) throw new Error('an alert without occurrences');
  return best.detection;
}

function titleOf(
  { violation }: Alert,
  { evidence }: Detection,
  campaign: RegisteredCampaign | undefined,
  published: Date,
): string {
  if (violation === 'missing-disclosure') return 'Advertising without a disclosure, after the lift';
  const what =
    evidence.kind === 'asset'
      ? 'Picture of an embargoed asset'
      : violation === 'undisclosed-price'
        ? 'Embargoed price in a post'
        : 'Embargoed name in a post';
  const lifts = campaign?.embargo?.liftsAt;
  if (lifts === undefined) return `${what}, secret without a date`;
  const early = Date.parse(lifts) - published.getTime();
  return early <= 0 ? `${what}, posted after the lift` : `${what}, posted ${spanOf(early)} early`;
}

function spanOf(ms: number): string {
  const [n, unit] =
    ms >= DAY_MS
      ? [Math.floor(ms / DAY_MS), 'day']
      : ms >= HOUR_MS
        ? [Math.floor(ms / HOUR_MS), 'hour']
        : [Math.max(1, Math.floor(ms / 60_000)), 'minute'];
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/**
 * The piece of text around the surest term, with every term of it that the excerpt shows, each as often as it stands there.
 *
 * @param hidden - the names to hide, as `lettersOfNames` gives them; null for those who may read them
 */
function excerptOf({ occurrences }: Alert, hidden: readonly string[] | null): QueueItem['excerpt'] {
  const terms = occurrences.map(({ detection }) => detection).filter(({ excerpt }) => excerpt !== null);
  const [best] = terms.toSorted((one, other) => other.evidence.confidence - one.evidence.confidence);
  if (best?.excerpt === null || best === undefined) return null;
  const text = best.excerpt;
  const matched = terms
    .filter(({ post, excerpt }) => post.id === best.post.id && excerpt === text)
    .flatMap(({ evidence }) => (evidence.matched === '' ? [] : [evidence.matched]));
  const spans = matched.flatMap((one): [number, number][] => {
    const from = text.indexOf(one);
    return from < 0 ? [] : [[from, from + one.length]];
  });
  if (hidden !== null) return hideSpans(text, [...spans, ...findNames(text, hidden, { within: true })]);
  return {
    text,
    matches: mergeSpans([...spans, ...findNames(text, lettersOfNames(matched), { within: false })]),
  };
}
