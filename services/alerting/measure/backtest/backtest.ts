import { type Severity, type VerdictKind } from '@leakwatch/contracts';
import { type Interval, type Judge } from '@leakwatch/estimates';
import { UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList, type Store } from '@leakwatch/store';
import { ExpressionFailure, type Ruleset } from '@leakwatch/tier-rules';
import { type DetectionCase } from '../../judge/cases.ts';
import { BrokenRuleError } from '../../judge/checks/apply-rules.ts';
import { judgement } from '../../judge/judgement.ts';
import { listSilences } from '../../judge/queries/list-silences.ts';
import { loadStandings } from '../../judge/standing.ts';
import { indexCampaigns } from '../../judge/watched-campaigns.ts';
import { listJudgedDetections, type JudgedDetection } from '../queries/list-judged-detections.ts';
import { EVERYTHING, loadAlertOutcomes, type AlertOutcome } from '../queries/load-alert-outcomes.ts';
import { overallPrecision } from '../report/measure-precision.ts';
import { findNewIncidents, type TakenDetection } from './cluster-incidents.ts';

const PAGE = 1000;

export interface LabelledPrecision {
  /** Alerts with a verdict. */
  readonly n: number;
  /** Confirmed or approved: right as matches. */
  readonly right: number;
  /** Null while n is 0. */
  readonly share: number | null;
  /** 95 %; null while n is 0. */
  readonly interval: Interval | null;
}

/** An alert that the tried ruleset would open and that does not exist. */
interface AddedAlert extends TakenDetection {
  readonly detectionId: string;
  readonly ruleId: string;
  /** The rule's level. The circumstances that raise an incident's severity are not replayed. */
  readonly level: Severity;
}

interface RemovedAlert {
  readonly alertId: string;
  readonly verdict: VerdictKind | null;
}

export interface Backtest {
  readonly rulesetHash: string;
  /** Detections that were replayed. */
  readonly detections: number;
  /** Detections on which a rule broke. */
  readonly broken: number;
  readonly alertsBefore: number;
  readonly alertsAfter: number;
  readonly added: readonly AddedAlert[];
  readonly removed: readonly RemovedAlert[];
  /** Number of detections that each shadow rule would have matched. */
  readonly shadows: Readonly<Record<string, number>>;
  readonly precisionBefore: LabelledPrecision;
  /** Over the judged alerts that stay: the added ones have no verdict. */
  readonly precisionAfter: LabelledPrecision;
}

export interface BacktestOptions {
  readonly since: Date | null;
  readonly episodeGapMs: number;
  /** How often verdicts are right. */
  readonly judge: Judge;
}

/**
 * Replays the stored detections by another ruleset, against the current watch list and the creators' alerts at the time
 * of each detection. Changes nothing.
 *
 * @throws UsageError if there is no watch list
 */
export async function backtest(
  store: Pick<Store, 'pool'>,
  ruleset: Ruleset,
  { since, episodeGapMs, judge }: BacktestOptions,
): Promise<Backtest> {
  const snapshot = await loadCurrentWatchList(store.pool);
  if (snapshot === null) throw new UsageError('there is no watch list: import one first');
  const campaigns = indexCampaigns(snapshot);
  const silences = await listSilences(store.pool);
  const outcomes = new Map((await loadAlertOutcomes(store.pool, EVERYTHING)).map((one) => [one.id, one]));
  const before = new Set<string>();
  const kept = new Set<string>();
  const taken: AddedAlert[] = [];
  const shadows: Record<string, number> = {};
  let detections = 0;
  let broken = 0;

  let after = '';
  for (;;) {
    const page = await listJudgedDetections(store.pool, { since, after, limit: PAGE });
    const standingOf = await loadStandings(store.pool, creatorsOf(page));
    for (const { detection, alertId } of page) {
      detections += 1;
      after = detection.id;
      if (alertId !== null) before.add(alertId);
      const { post, evidence, detectedAt } = detection;
      const standing = standingOf(post.creatorId, evidence.campaignId, new Date(detectedAt));
      const judged = judgeOrNull({
        detection,
        campaigns,
        ruleset,
        silences,
        standing,
        traceparent: undefined,
      });
      if (judged === null) {
        broken += 1;
        continue;
      }
      const tried = judged.kind === 'go' ? judged.value.shadows : judged.shadows;
      for (const rule of tried) shadows[rule] = (shadows[rule] ?? 0) + 1;
      if (judged.kind === 'stop') continue;
      if (alertId !== null) kept.add(alertId);
      const { ruleId, severity } = judged.value.rule;
      taken.push({ ...placeOf(detection), alertId, detectionId: detection.id, ruleId, level: severity });
    }
    if (page.length < PAGE) break;
  }

  const added = findNewIncidents(taken, episodeGapMs);
  const removed = [...before]
    .filter((alertId) => !kept.has(alertId))
    .map((alertId) => ({ alertId, verdict: outcomes.get(alertId)?.verdict ?? null }));
  const labelled = (alertIds: ReadonlySet<string>): LabelledPrecision => {
    const { n, right, precision, interval } = overallPrecision(outcomesOf(alertIds, outcomes), judge);
    return { n, right, share: precision, interval };
  };
  return {
    rulesetHash: ruleset.hash,
    detections,
    broken,
    alertsBefore: before.size,
    alertsAfter: kept.size + added.length,
    added,
    removed,
    shadows,
    precisionBefore: labelled(before),
    precisionAfter: labelled(kept),
  };
}

function creatorsOf(page: readonly JudgedDetection[]): string[] {
  return [...new Set(page.map(({ detection }) => detection.post.creatorId))];
}

function placeOf({ post, evidence }: JudgedDetection['detection']): Omit<TakenDetection, 'alertId'> {
  return {
    creatorId: post.creatorId,
    campaignId: evidence.campaignId,
    publishedAt: new Date(post.publishedAt),
  };
}

/** Null if a rule breaks on it: in production it would be a dead letter. */
function judgeOrNull(one: DetectionCase) {
  try {
    return judgement.tell(one);
  } catch (error) {
    if (error instanceof BrokenRuleError || error instanceof ExpressionFailure) return null;
    throw error;
  }
}

function outcomesOf(
  alertIds: ReadonlySet<string>,
  outcomes: ReadonlyMap<string, AlertOutcome>,
): AlertOutcome[] {
  return [...alertIds].flatMap((alertId) => outcomes.get(alertId) ?? []);
}
