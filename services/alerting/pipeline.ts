/**
 * The way of a detection to an alert. Every stop is kept with its reason, which answers "why was there no alert?":
 *
 *   find campaign → check embargo → check approval → choose tier → check silence → apply rules ──▶ record incident
 *   └─ unknown-     └─ after-        └─ approved-post,              └─ silenced     └─ below-threshold, no-rule ──▶ save
 *      campaign        embargo          approved-text                                                           suppression
 *
 * A post published after the lift goes on if it lacks a disclosure that its campaign asks for. The scan of a later
 * revision goes to `noteRevision`, which marks findings that are gone.
 *
 * Everything is committed before the record counts as done, and a redelivery changes nothing. People are told from the
 * outbox (tell/).
 */
import { EVENTS, isCanaryPost, type Detection } from '@leakwatch/contracts';
import { decodeEvent, eventTypeName, RecordError, type LogRecord, type Outcome } from '@leakwatch/event-log';
import { startStage, type RunningStage, type Stage, type StageTools } from '@leakwatch/event-log/stage';
import { type Metrics } from '@leakwatch/runtime';
import { findErased, keepBytes, StoreError, type Store } from '@leakwatch/store';
import { ExpressionFailure, type Ruleset } from '@leakwatch/tier-rules';
import { countIncident, countSuppression } from './incidents/count-incidents.ts';
import { noteRevision } from './incidents/note-revision.ts';
import { recordCanary } from './incidents/record-canary.ts';
import { recordIncident } from './incidents/record-incident.ts';
import { BrokenRuleError } from './judge/checks/apply-rules.ts';
import { judgement } from './judge/judgement.ts';
import { listSilences } from './judge/queries/list-silences.ts';
import { saveSuppression } from './judge/queries/save-suppression.ts';
import { type Silence } from './judge/queries/silence-row.ts';
import { loadStandings } from './judge/standing.ts';
import { type CampaignFollower } from './judge/watched-campaigns.ts';

export const STAGE = 'alerting';

export interface PipelineOptions {
  readonly store: Pick<Store, 'pool' | 'transaction'>;
  readonly campaigns: Pick<CampaignFollower, 'atLeast'>;
  readonly ruleset: () => Ruleset;
  readonly metrics: Metrics;
  readonly clock: () => Date;
  readonly episodeGapMs: number;
}

/** Takes detections from the log until it is stopped. */
export function startPipeline(
  options: Omit<PipelineOptions, 'episodeGapMs'> &
    Omit<StageTools, 'savePayload'> & { readonly config: Pick<PipelineOptions, 'episodeGapMs'> },
): Promise<RunningStage> {
  const { store, config } = options;
  const stage: Stage = {
    name: STAGE,
    topic: 'detections',
    maxBatchRecords: 100,
    concurrency: 4,
    maxAttempts: 3,
    process: (records, signal) => processDetections(records, { ...options, ...config }, signal),
  };
  return startStage(stage, { ...options, savePayload: keepBytes(store.pool) });
}

interface BatchOptions extends PipelineOptions {
  /** The silences at the start of the batch. */
  readonly silences: readonly Silence[];
}

/** Processes records of `detections` one after the other: a creator's detections and revisions keep their order. */
async function processDetections(
  records: readonly LogRecord[],
  options: PipelineOptions,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const silences = await listSilences(options.store.pool);
  const outcomes: Outcome[] = [];
  for (const record of records) {
    signal.throwIfAborted();
    outcomes.push(await processRecord(record, { ...options, silences }));
  }
  return outcomes;
}

async function processRecord(record: LogRecord, options: BatchOptions): Promise<Outcome> {
  const { traceparent } = record.headers;
  try {
    if (eventTypeName(record) !== EVENTS.revisionScan.type) {
      return await processDetection(decodeEvent(record, EVENTS.detection), traceparent, options);
    }
    const { store, clock } = options;
    await noteRevision(store, decodeEvent(record, EVENTS.revisionScan), { clock, traceparent });
    return DONE;
  } catch (error) {
    return failureOf(error);
  }
}

async function processDetection(
  detection: Detection,
  traceparent: string | undefined,
  options: BatchOptions,
): Promise<Outcome> {
  const { store, metrics, clock } = options;
  const campaigns = await options.campaigns.atLeast(detection.watchListVersion);
  if (campaigns === null) {
    const message = `there is no version ${detection.watchListVersion} of the watch list`;
    return { kind: 'failed', reason: 'unknown-watch-list', message, retry: true };
  }
  if (isCanaryPost(detection.post)) {
    await recordCanary(store, { detection, traceparent }, clock);
    return DONE;
  }
  const { creatorId } = detection.post;
  const standingOf = await loadStandings(store.pool, [creatorId]);
  const judged = judgement.tell({
    detection,
    campaigns,
    ruleset: options.ruleset(),
    standing: standingOf(creatorId, detection.evidence.campaignId, clock()),
    silences: options.silences,
    traceparent,
  });
  if (judged.kind === 'go') {
    countIncident(metrics, judged.value, await recordIncident(store, judged.value, options));
    return DONE;
  }
  const isErased = await findErased(store.pool, [detection.post]);
  if (isErased(detection.post)) return DONE;
  if (await saveSuppression(store.pool, detection, judged, clock())) {
    countSuppression(metrics, judged);
  }
  return DONE;
}

const DONE: Outcome = { kind: 'ok', emit: [] };

/** SQLSTATE classes that blame the values: data exceptions and violated constraints. */
const NOT_STORABLE = /^2[23]/;

/** A fault of the record is its outcome. Any other fault is thrown, and the batch comes again. */
function failureOf(error: unknown): Outcome {
  if (error instanceof RecordError) {
    return { kind: 'failed', reason: error.reason, message: error.message, retry: false };
  }
  if (error instanceof BrokenRuleError || error instanceof ExpressionFailure) {
    return { kind: 'failed', reason: 'broken-rule', message: error.message, retry: false };
  }
  if (error instanceof StoreError && NOT_STORABLE.test(error.sqlState ?? '')) {
    return { kind: 'failed', reason: 'not-storable', message: error.message, retry: false };
  }
  throw error;
}
