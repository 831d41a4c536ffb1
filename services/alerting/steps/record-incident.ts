import { alertId, type Detection } from '@leakwatch/contracts';
import {
  addOccurrence,
  appendAlertEvent,
  extendAlert,
  findEpisode,
  findOccurrence,
  loadScannedRevision,
  lockCreator,
  openAlert,
  type NewAlertEvent,
  type Queryable,
  type Store,
} from '@leakwatch/store';
import { type AlertCase } from '../cases.ts';
import { removalOf } from '../removal.ts';

/** What became of a detection that the rules call an alert. */
export type IncidentEffect =
  | { readonly kind: 'opened'; readonly detectionLatencyMs: number; readonly pipelineLatencyMs: number }
  | { readonly kind: 'joined' }
  /** Delivered again: it was in an alert already, and nothing has changed. */
  | { readonly kind: 'repeated' };

const MINUTE_MS = 60_000;

/**
 * Puts a detection into its incident (docs/decisions/0300-episodes.md): alert, occurrence and outbox in one transaction,
 * under the creator's lock. So neither a redelivery, nor a second alerting process, nor a crash at any point can make two of
 * it or a part of it.
 */
export function recordIncident(
  store: Pick<Store, 'transaction'>,
  one: AlertCase,
  { clock, episodeGapMs }: { clock: () => Date; episodeGapMs: number },
): Promise<IncidentEffect> {
  const { detection } = one;
  return store.transaction(async (tx) => {
    await lockCreator(tx, detection.post.creatorId);
    if ((await findOccurrence(tx, detection.id)) !== null) return { kind: 'repeated' };
    const { alertId: known, nextEpisode } = await findEpisode(tx, detection, episodeGapMs);
    const at = clock();
    if (known === null) return open(tx, one, nextEpisode, at);
    await extendAlert(tx, {
      alertId: known,
      publishedAt: new Date(detection.post.publishedAt),
      severity: one.rule.severity,
      ruleId: one.rule.ruleId,
      rulesetHash: one.ruleset.hash,
      dueAt: dueAt(one, at),
      at,
    });
    await addToAlert(tx, known, detection);
    await tell(tx, one, { alertId: known, change: 'occurrence-added', at });
    return { kind: 'joined' };
  });
}

async function open(tx: Queryable, one: AlertCase, episode: number, at: Date): Promise<IncidentEffect> {
  const { detection, campaign } = one;
  const { creatorId, publishedAt, observedAt } = detection.post;
  const id = alertId(creatorId, campaign.id, episode);
  const detectionLatencyMs = at.getTime() - Date.parse(publishedAt);
  const pipelineLatencyMs = at.getTime() - Date.parse(observedAt);
  await openAlert(tx, {
    id,
    creatorId,
    campaignId: campaign.id,
    episode,
    tier: one.tier.tier,
    tierReasons: one.tier.reasons,
    severity: one.rule.severity,
    severityReasons: [],
    violation: detection.evidence.kind === 'asset' ? 'leaked-image' : 'early-post',
    ruleId: one.rule.ruleId,
    rulesetHash: one.ruleset.hash,
    matcher: detection.lane,
    openedAt: at,
    minutesToAct: one.rule.minutesToAct,
    minutesToResolve: one.rule.minutesToAct * 8,
    detectionLatencyMs,
    pipelineLatencyMs,
    publishedAt: new Date(publishedAt),
  });
  await addToAlert(tx, id, detection);
  await tell(tx, one, { alertId: id, change: 'opened', at });
  return { kind: 'opened', detectionLatencyMs, pipelineLatencyMs };
}

/** History wakes nobody: what a re-scan has found is told to channels only where the rule that matched says so. */
function tell(
  tx: Queryable,
  { detection, rule }: AlertCase,
  event: Pick<NewAlertEvent, 'alertId' | 'change' | 'at'>,
): Promise<void> {
  const quiet = detection.rescanJobId !== null && !rule.tellRescans;
  return appendAlertEvent(tx, { ...event, cause: detection.id, quiet });
}

/** A detection of an old revision may come after a newer one was scanned: then it is known at once whether it still stands. */
async function addToAlert(tx: Queryable, id: string, detection: Detection): Promise<void> {
  const newest = await loadScannedRevision(tx, detection.post.threadId, detection.lane);
  const finding = { ...detection.evidence, revision: detection.post.revision };
  await addOccurrence(tx, id, detection, removalOf(finding, newest));
}

function dueAt(one: AlertCase, at: Date): Date {
  return new Date(at.getTime() + one.rule.minutesToAct * MINUTE_MS);
}
