import {
  listDeliveries,
  listTips,
  listVerdicts,
  loadResponse,
  readTimeline,
  type AlertResponse,
  type DeliveryState,
  type Playbook,
} from '@leakwatch/alerting/desk';
import { listAlerts, loadAlert } from '@leakwatch/alerting/incidents';
import { listKeptTiers } from '@leakwatch/alerting/tiers';
import { type Alert, type RegisteredCampaign } from '@leakwatch/contracts';
import { type Database } from '@leakwatch/store';
import { type incident as whole, type Incident } from '../schemas/index.ts';
import { type WatchNames } from '../watch-names.ts';
import { describeDisguises } from './describe-disguises.ts';
import { loadQueueRows } from './queries/list-queue.ts';
import { mayLink } from './may-link.ts';
import { assetOf, presentItem, type Presentation } from './present-item.ts';
import { readPosts } from './read-posts.ts';
import { secretNames, showTexts, type Shown } from './secret-names.ts';
import { termOf } from './show-fields.ts';

const TIPS_SHOWN = 20;
const HISTORY_SHOWN = 20;

/** Loads everything about an incident; null if there is none that the database shows. */
export async function loadIncident(
  database: Database,
  alertId: string,
  options: Presentation & { readonly playbooks: readonly Playbook[] },
): Promise<Incident | null> {
  const db = database.pool;
  const { names, redacted, playbooks } = options;
  const [alert, [row]] = await Promise.all([loadAlert(db, alertId), loadQueueRows(db, [alertId])]);
  if (alert === null || row === undefined) return null;
  const campaign = names.campaigns.get(alert.campaignId);
  const hidden = redacted ? secretNames(alert, campaign) : null;
  // People write the names, too, in their reasons and notes.
  const shown = showTexts(hidden);
  const [evidence, timeline, deliveries, tips, verdicts, response, creatorHistory] = await Promise.all([
    readPosts(db, alert, { campaign, hidden }),
    readTimeline(database, alertId),
    listDeliveries(db, alertId),
    listTips(db, { alertId, state: null, limit: TIPS_SHOWN }),
    listVerdicts(db, alertId),
    loadResponse(database, alertId, { playbooks, names }),
    loadHistory(database, alert, names),
  ]);
  const liftsAt = campaign?.embargo?.liftsAt ?? null;
  const postedAt = row.firstPublishedAt;
  return {
    ...presentItem(row, options),
    severityReasons: alert.severityReasons,
    acknowledged:
      alert.acknowledgedAt === null || alert.acknowledgedBy === null
        ? null
        : { by: alert.acknowledgedBy, at: alert.acknowledgedAt },
    resolvedAt: alert.resolvedAt,
    duplicateOf: alert.duplicateOf,
    correctedAt: alert.correctedAt,
    embargo: {
      liftsAt,
      postedAt: postedAt.toISOString(),
      earlyMs: liftsAt === null ? null : Date.parse(liftsAt) - postedAt.getTime(),
      creatorZone: null,
    },
    postList: evidence.posts,
    pictureMatches: evidence.pictureMatches,
    timeline: timeline.map(({ at, what, by, note, details, detectionId }) => ({
      at: at.toISOString(),
      what,
      by,
      note: shown(note),
      details: redacted ? '' : details,
      match: detectionId === undefined ? null : matchOf(alert, detectionId, { campaign, redacted }),
    })),
    notices: deliveries.map(showNotice),
    creatorHistory,
    playbook: showPlaybook(response, shown),
    tips: tips.map(({ id, receivedAt, senderClass, seen, links }) => ({
      id,
      receivedAt: receivedAt.toISOString(),
      senderClass,
      seen: redacted ? '' : seen,
      links: links.filter((link) => mayLink(link) && shown(link) === link),
    })),
    verdicts: verdicts.map(({ verdict, reason, givenBy, givenAt }) => ({
      verdict,
      reason: shown(reason),
      givenBy,
      givenAt,
    })),
    reasons: REASONS,
  };
}

function matchOf(
  { occurrences }: Alert,
  detectionId: string,
  { campaign, redacted }: { readonly campaign: RegisteredCampaign | undefined; readonly redacted: boolean },
): whole.TimelineMatch | null {
  const detection = occurrences.map((one) => one.detection).find(({ id }) => id === detectionId);
  if (detection === undefined) return null;
  const { lane, evidence, rescanJobId } = detection;
  const isTerm = evidence.kind === 'term';
  const name = isTerm ? termOf(campaign, detection) : assetOf(campaign, evidence.itemId).name;
  return {
    lane,
    confidence: evidence.confidence,
    rescanned: rescanJobId !== null,
    item: redacted ? null : name,
    matched: redacted || !isTerm ? null : evidence.matched,
    // How a name was written tells a part of it.
    disguises: redacted ? [] : describeDisguises(evidence.how, evidence.matched),
  };
}

/** Offered so that most verdicts need no typing. */
const REASONS: Incident['reasons'] = {
  confirmed: ['posted before the lift', 'shows the embargoed picture', 'advertising without a disclosure'],
  'false-positive': ['look-alike name', 'an ordinary word', 'another picture', 'about another product'],
  approved: ['approved by mail', 'part of the brief', 'the brand posted it first'],
};

function showNotice({
  channel,
  change,
  deliveredAt,
  gaveUpAt,
  lastAttemptAt,
  attempts,
  lastError,
}: DeliveryState) {
  const state = deliveredAt !== null ? 'told' : gaveUpAt !== null ? 'gave-up' : 'waiting';
  const at = deliveredAt ?? gaveUpAt ?? lastAttemptAt;
  return { channel, change, state, at: at?.toISOString() ?? null, attempts, error: lastError } as const;
}

/** @param shown - gives a text as the reader may see it */
export function showPlaybook(
  { playbook, checklist, message, sent }: AlertResponse,
  shown: Shown,
): Incident['playbook'] {
  return {
    violation: playbook.violation,
    checklist: checklist.map(({ id, text, done }) => ({
      id,
      text,
      done: done === null ? null : { by: done.by, at: done.at.toISOString() },
    })),
    message: shown(message),
    sent: sent.map(({ at, by, via, note }) => ({ at: at.toISOString(), by, via, note: shown(note) })),
  };
}

/** Gives the texts of an incident as somebody may read them. */
export async function loadShown(
  { pool }: Database,
  alertId: string,
  { names, redacted }: Pick<Presentation, 'names' | 'redacted'>,
): Promise<Shown> {
  const alert = redacted ? await loadAlert(pool, alertId) : null;
  return showTexts(alert === null ? null : secretNames(alert, names.campaigns.get(alert.campaignId)));
}

async function loadHistory(
  { pool }: Database,
  alert: Alert,
  names: WatchNames,
): Promise<Incident['creatorHistory']> {
  const { creatorId } = alert;
  const [incidents, tiers] = await Promise.all([
    listAlerts(pool, { creatorId, limit: 500 }),
    listKeptTiers(pool, { creatorIds: [creatorId] }),
  ]);
  const creator = names.creators.get(creatorId);
  const tier = tiers.find(({ campaignId }) => campaignId === alert.campaignId);
  const count = (resolution: Alert['resolution']) =>
    incidents.filter((one) => one.resolution === resolution).length;
  return {
    id: creatorId,
    name: creator?.name ?? creatorId,
    registered: creator !== undefined,
    followers: creator?.risk.followers ?? null,
    accounts: creator?.accounts.map(({ platform, handle }) => ({ platform, handle: handle ?? null })) ?? [],
    tier: tier?.tier ?? alert.tier,
    tierReasons: tier?.reasons ?? [],
    riskScore: tier?.riskScore ?? null,
    confirmedLeaks: creator?.risk.confirmedLeaks ?? 0,
    partnerships: creator?.risk.partnerships ?? null,
    verdicts: {
      confirmed: count('confirmed'),
      falsePositive: count('false-positive'),
      approved: count('approved'),
    },
    incidents: incidents
      .filter(({ id }) => id !== alert.id)
      .slice(0, HISTORY_SHOWN)
      .map(({ id, campaignId, severity, state, resolution, openedAt }) => ({
        id,
        campaign: names.campaigns.get(campaignId)?.name ?? campaignId,
        severity,
        state,
        resolution,
        openedAt,
      })),
  };
}
