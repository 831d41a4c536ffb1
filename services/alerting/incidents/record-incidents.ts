import { alertId, type Severity } from '@leakwatch/contracts';
import { findErased, type Queryable, type Store } from '@leakwatch/store';
import { type AlertCase } from '../judge/cases.ts';
import { lacksDisclosure } from '../judge/checks/check-embargo.ts';
import { allowedMinutes } from './life/deadlines.ts';
import { joinIncident, type JoinedIncident } from './life/join-incident.ts';
import { preserveEvidence } from './preserve-evidence.ts';
import { addOccurrences } from './queries/add-occurrence.ts';
import { appendAlertEvents, type NewAlertEvent } from './queries/append-alert-event.ts';
import { findEpisodes, type FoundEpisode } from './queries/find-episodes.ts';
import { findOccurrences } from './queries/find-occurrences.ts';
import { loadScannedRevisions } from './queries/load-scanned-revisions.ts';
import { lockCreators } from './queries/lock-creator.ts';
import { openAlerts, type NewAlert } from './queries/open-alert.ts';
import { saveAlertLives } from './queries/save-alert-life.ts';
import { settleCorrections } from './queries/settle-correction.ts';
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

export interface RecordedIncident {
  readonly one: AlertCase;
  readonly effect: IncidentEffect;
}

/**
 * Adds detections to their incidents (docs/decisions/0300-episodes.md). Alerts, occurrences, evidence, history and outbox
 * are one transaction under the creators' locks, so that neither a redelivery nor a second process nor a crash can
 * record one twice or by half. Each statement is for all of them: a dozen round trips each would be too slow for a flood.
 *
 * @param cases each creator and each detection once
 */
export function recordIncidents(
  store: Pick<Store, 'transaction'>,
  cases: readonly AlertCase[],
  { clock, episodeGapMs }: { clock: () => Date; episodeGapMs: number },
): Promise<RecordedIncident[]> {
  if (cases.length === 0) return Promise.resolve([]);
  const detections = cases.map(({ detection }) => detection);
  const posts = detections.map(({ post }) => post);
  return store.transaction(async (tx) => {
    await lockCreators(
      tx,
      posts.map(({ creatorId }) => creatorId),
    );
    const known = await findOccurrences(
      tx,
      detections.map(({ id }) => id),
    );
    const isErased = await findErased(tx, posts);
    const effectOn = new Map<AlertCase, IncidentEffect>();
    for (const one of cases) {
      const { id, post } = one.detection;
      if (known.has(id)) effectOn.set(one, { kind: 'repeated' });
      else if (isErased(post)) effectOn.set(one, { kind: 'erased' });
    }
    const news = cases.filter((one) => !effectOn.has(one));
    return [
      ...[...effectOn].map(([one, effect]) => ({ one, effect })),
      ...(await record(tx, news, episodeGapMs, clock())),
    ];
  });
}

/** An incident that a detection opens or joins. */
type Happening = { readonly one: AlertCase; readonly alertId: string } & (
  | { readonly opens: NewAlert; readonly joins: null }
  | { readonly opens: null; readonly joins: JoinedIncident }
);

async function record(
  tx: Queryable,
  cases: readonly AlertCase[],
  episodeGapMs: number,
  at: Date,
): Promise<RecordedIncident[]> {
  if (cases.length === 0) return [];
  const wanted = cases.map((one) => ({ detection: one.detection, lacksDisclosure: lacksDisclosure(one) }));
  const episodeOf = await findEpisodes(tx, wanted, episodeGapMs);
  const happenings = cases.map((one) => happeningOf(one, episodeOf(one.detection), at));
  await openAlerts(
    tx,
    happenings.flatMap(({ opens }) => opens ?? []),
  );
  await saveAlertLives(
    tx,
    happenings.flatMap(({ one, alertId: id, joins }) => {
      if (joins === null) return [];
      const { life, transitions } = joins;
      return [{ alertId: id, life, transitions, publishedAt: new Date(one.detection.post.publishedAt), at }];
    }),
  );
  const corrected = await addToAlerts(tx, happenings, at);
  await appendAlertEvents(
    tx,
    happenings.flatMap((happening) => eventsOf(happening, corrected.has(happening.alertId), at)),
  );
  return happenings.map((happening) => ({ one: happening.one, effect: effectOf(happening) }));
}

function happeningOf(one: AlertCase, { incident, nextEpisode }: FoundEpisode, at: Date): Happening {
  if (incident !== null) {
    return { one, alertId: incident.alertId, opens: null, joins: joinIncident(one, incident, at) };
  }
  const opens = newAlertOf(one, nextEpisode, at);
  return { one, alertId: opens.id, opens, joins: null };
}

function newAlertOf(one: AlertCase, episode: number, at: Date): NewAlert {
  const { detection, campaign } = one;
  const { creatorId, publishedAt, observedAt } = detection.post;
  const { severity, reasons } = severityOf(one, 1);
  return {
    id: alertId(creatorId, campaign.id, episode),
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
    detectionLatencyMs: at.getTime() - Date.parse(publishedAt),
    pipelineLatencyMs: at.getTime() - Date.parse(observedAt),
    publishedAt: new Date(publishedAt),
  };
}

function effectOf({ opens }: Happening): IncidentEffect {
  if (opens === null) return { kind: 'joined' };
  const { severity, detectionLatencyMs, pipelineLatencyMs } = opens;
  return { kind: 'opened', severity, detectionLatencyMs, pipelineLatencyMs };
}

/** Re-scans send no notices, unless the rule that matched says so. */
function isQuiet({ detection, rule }: AlertCase): boolean {
  return detection.rescanJobId !== null && !rule.tellRescans;
}

/** The changes to tell, in order. */
function eventsOf({ one, alertId: id, joins }: Happening, isCorrected: boolean, at: Date): NewAlertEvent[] {
  const { detection, traceparent } = one;
  const opening = isCorrected ? (['opened', 'corrected'] as const) : (['opened'] as const);
  return (joins?.changes ?? opening).map((change) => ({
    alertId: id,
    change,
    cause: detection.id,
    quiet: isQuiet(one),
    traceparent,
    at,
  }));
}

/**
 * An old revision's detection may come after a newer revision was scanned: then it is known at once whether it stands.
 * Gives the alerts of which no finding stands any more.
 */
async function addToAlerts(
  tx: Queryable,
  happenings: readonly Happening[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const newest = await loadScannedRevisions(
    tx,
    happenings.map(({ one: { detection } }) => ({ threadId: detection.post.threadId, lane: detection.lane })),
  );
  const occurrences = happenings.map(({ one, alertId: id, opens }) => {
    const { detection } = one;
    const { threadId, revision } = detection.post;
    const finding = { ...detection.evidence, revision, lacksDisclosure: lacksDisclosure(one) };
    const removal = removalOf(finding, newest(threadId, detection.lane));
    return { alertId: id, detection, removal, isNew: opens !== null };
  });
  await preserveEvidence(tx, occurrences, at);
  await addOccurrences(tx, occurrences);
  // The first finding of a new alert, which stands: nothing to settle.
  const unsettled = occurrences.filter(({ isNew, removal }) => !isNew || removal !== null);
  const acts = await settleCorrections(
    tx,
    unsettled.map(({ alertId: id }) => id),
    at,
  );
  return new Set([...acts].flatMap(([id, act]) => (act === 'corrected' ? [id] : [])));
}
