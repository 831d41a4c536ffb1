import { alertId, type Severity } from '@leakwatch/contracts';
import { findErased, type Queryable, type Store } from '@leakwatch/store';
import { type AlertCase } from '../judge/cases.ts';
import { lacksDisclosure } from '../judge/checks/check-embargo.ts';
import { allowedMinutes } from './life/deadlines.ts';
import { joinIncident } from './life/join-incident.ts';
import { preserveEvidence } from './preserve-evidence.ts';
import { addOccurrence } from './queries/add-occurrence.ts';
import { appendAlertEvent, type NewAlertEvent } from './queries/append-alert-event.ts';
import { findEpisode, type FoundIncident } from './queries/find-episode.ts';
import { findOccurrence } from './queries/find-occurrence.ts';
import { loadScannedRevision } from './queries/load-scanned-revision.ts';
import { lockCreator } from './queries/lock-creator.ts';
import { openAlert } from './queries/open-alert.ts';
import { saveAlertLife } from './queries/save-alert-life.ts';
import { settleCorrection } from './queries/settle-correction.ts';
import { removalOf } from './removal.ts';
import { severityOf } from './severity/severity-of.ts';
import { violationOf } from './severity/violation-of.ts';

/** The effect of a detection that the rules call an alert. */
export type IncidentEffect =
  | {
      readonly kind: 'opened';
      readonly severity: Severity;
      readonly detectionLatencyMs: number;
      readonly pipelineLatencyMs: number;
    }
  | { readonly kind: 'joined' }
  /** Delivered again: it was in an alert already, and nothing has changed. */
  | { readonly kind: 'repeated' }
  /** The post or its creator was erased while the detection was under way. */
  | { readonly kind: 'erased' };

/**
 * Adds a detection to its incident (docs/decisions/0300-episodes.md). Alert, occurrence, evidence, history and outbox
 * are one transaction under the creator's lock, so that neither a redelivery nor a second process nor a crash can
 * record it twice or by half.
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
    if ((await findErased(tx, [detection.post]))(detection.post)) return { kind: 'erased' };
    const { incident, nextEpisode } = await findEpisode(tx, detection, {
      gapMs: episodeGapMs,
      lacksDisclosure: lacksDisclosure(one),
    });
    return incident === null ? open(tx, one, nextEpisode, clock()) : join(tx, one, incident, clock());
  });
}

async function open(tx: Queryable, one: AlertCase, episode: number, at: Date): Promise<IncidentEffect> {
  const { detection, campaign } = one;
  const { creatorId, publishedAt, observedAt } = detection.post;
  const id = alertId(creatorId, campaign.id, episode);
  const detectionLatencyMs = at.getTime() - Date.parse(publishedAt);
  const pipelineLatencyMs = at.getTime() - Date.parse(observedAt);
  const { severity, reasons } = severityOf(one, 1);
  await openAlert(tx, {
    id,
    creatorId,
    campaignId: campaign.id,
    episode,
    tier: one.tier.tier,
    tierReasons: one.tier.reasons,
    severity,
    severityReasons: [...reasons],
    violation: violationOf(one),
    ruleId: one.rule.ruleId,
    rulesetHash: one.ruleset.hash,
    matcher: detection.lane,
    openedAt: at,
    ...allowedMinutes(one.ruleset, one.tier.tier, severity),
    escalates: !isQuiet(one),
    detectionLatencyMs,
    pipelineLatencyMs,
    publishedAt: new Date(publishedAt),
  });
  const correction = await addToAlert(tx, id, one, { at, isNew: true });
  await tell(tx, one, { alertId: id, change: 'opened', at });
  if (correction === 'corrected') await tell(tx, one, { alertId: id, change: 'corrected', at });
  return { kind: 'opened', severity, detectionLatencyMs, pipelineLatencyMs };
}

async function join(
  tx: Queryable,
  one: AlertCase,
  incident: FoundIncident,
  at: Date,
): Promise<IncidentEffect> {
  const { life, transitions, changes } = joinIncident(one, incident, at);
  const publishedAt = new Date(one.detection.post.publishedAt);
  await saveAlertLife(tx, { alertId: incident.alertId, life, transitions, publishedAt, at });
  await addToAlert(tx, incident.alertId, one, { at, isNew: false });
  for (const change of changes) await tell(tx, one, { alertId: incident.alertId, change, at });
  return { kind: 'joined' };
}

/** Re-scans send no notices, unless the rule that matched says so. */
function isQuiet({ detection, rule }: AlertCase): boolean {
  return detection.rescanJobId !== null && !rule.tellRescans;
}

function tell(
  tx: Queryable,
  one: AlertCase,
  event: Pick<NewAlertEvent, 'alertId' | 'change' | 'at'>,
): Promise<void> {
  const { detection, traceparent } = one;
  return appendAlertEvent(tx, { ...event, cause: detection.id, quiet: isQuiet(one), traceparent });
}

/**
 * An old revision's detection may come after a newer revision was scanned: then it is known at once whether it stands.
 */
async function addToAlert(
  tx: Queryable,
  id: string,
  one: AlertCase,
  { at, isNew }: { at: Date; isNew: boolean },
): ReturnType<typeof settleCorrection> {
  const { detection } = one;
  const newest = await loadScannedRevision(tx, detection.post.threadId, detection.lane);
  const finding = {
    ...detection.evidence,
    revision: detection.post.revision,
    lacksDisclosure: lacksDisclosure(one),
  };
  await preserveEvidence(tx, id, detection, at);
  const removal = removalOf(finding, newest);
  await addOccurrence(tx, id, detection, removal);
  // The first finding of a new alert, which stands: nothing to settle.
  if (isNew && removal === null) return null;
  return settleCorrection(tx, id, at);
}
