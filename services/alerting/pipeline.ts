/**
 * The way of a detection to an alert. Every stop is kept with its reason, which answers "why was there no alert?":
 *
 *   find campaign → check embargo → check approval → check grade → choose tier → check silence → apply rules ──▶ record incident
 *   └─ unknown-     └─ after-        └─ approved-post, └─ grade-not-               └─ silenced     └─ below-threshold, no-rule
 *      campaign        embargo          approved-text     alerting                                                ──▶ save suppression
 *
 * A post published after the lift goes on if it lacks a disclosure that its campaign asks for. The scan of a later
 * revision goes to `noteRevision`, which marks findings that are gone.
 *
 * Detections of different creators are judged and recorded together: whoever makes thousands of incidents must not hold up
 * the others. Everything is committed before the record counts as done, and a redelivery changes nothing. People are told
 * from the outbox (tell/).
 */
import { EVENTS, isCanaryPost, type Detection, type RevisionScan } from '@leakwatch/contracts';
import { decodeEvent, eventTypeName, RecordError, type LogRecord, type Outcome } from '@leakwatch/event-log';
import { startStage, type RunningStage, type Stage, type StageTools } from '@leakwatch/event-log/stage';
import { type Metrics } from '@leakwatch/runtime';
import { findErased, keepBytes, StoreError, type Store } from '@leakwatch/store';
import { ExpressionFailure, type Ruleset } from '@leakwatch/tier-rules';
import { inHalves } from './batch/in-halves.ts';
import { inRounds } from './batch/in-rounds.ts';
import { countIncident, countSuppression } from './incidents/count-incidents.ts';
import { noteRevision } from './incidents/note-revision.ts';
import { recordCanary } from './incidents/record-canary.ts';
import { recordIncidents } from './incidents/record-incidents.ts';
import { type AlertCase, type DetectionCase } from './judge/cases.ts';
import { BrokenRuleError } from './judge/checks/apply-rules.ts';
import { judgement } from './judge/judgement.ts';
import { listSilences } from './judge/queries/list-silences.ts';
import { saveSuppressions } from './judge/queries/save-suppression.ts';
import { type Silence } from './judge/queries/silence-row.ts';
import { loadStandings } from './judge/standing.ts';
import { type Stop } from './judge/story.ts';
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

/** A record, read, with its place in the batch. */
type Happening = { readonly index: number; readonly traceparent: string | undefined } & (
  | { readonly kind: 'detection'; readonly about: Detection }
  | { readonly kind: 'scan'; readonly about: RevisionScan }
);

interface Placed {
  readonly index: number;
  readonly outcome: Outcome;
}

/** Processes records of `detections` in rounds: a creator's detections and revisions keep their order. */
async function processDetections(
  records: readonly LogRecord[],
  options: PipelineOptions,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const silences = await listSilences(options.store.pool);
  const outcomes: Outcome[] = [];
  const happenings = records.flatMap((record, index) => {
    try {
      return [readRecord(record, index)];
    } catch (error) {
      outcomes[index] = failureOf(error);
      return [];
    }
  });
  // A post that two creators claim is one detection.
  const rounds = inRounds(happenings, ({ about }) => [
    `creator ${about.post.creatorId}`,
    `record ${about.id}`,
  ]);
  for (const round of rounds) {
    signal.throwIfAborted();
    for (const { index, outcome } of await processRound(round, { ...options, silences })) {
      outcomes[index] = outcome;
    }
  }
  return outcomes;
}

function readRecord(record: LogRecord, index: number): Happening {
  const { traceparent } = record.headers;
  return eventTypeName(record) === EVENTS.revisionScan.type
    ? { index, traceparent, kind: 'scan', about: decodeEvent(record, EVENTS.revisionScan) }
    : { index, traceparent, kind: 'detection', about: decodeEvent(record, EVENTS.detection) };
}

/** Processes records of different creators. */
async function processRound(round: readonly Happening[], options: BatchOptions): Promise<Placed[]> {
  const placed: Placed[] = [];
  const cases: PlacedCase[] = [];
  for (const happening of round) {
    const { index } = happening;
    try {
      const outcome = await processAlone(happening, options);
      if ('kind' in outcome) placed.push({ index, outcome });
      else cases.push({ index, ...outcome });
    } catch (error) {
      placed.push({ index, outcome: failureOf(error) });
    }
  }
  const judged = await inHalves(
    cases,
    (some) => processCases(some, options),
    (error, { index }) => ({ index, outcome: failureOf(error) }),
  );
  return [...placed, ...judged];
}

/** A detection to judge. */
type OpenCase = Pick<DetectionCase, 'detection' | 'campaigns' | 'traceparent'>;
type PlacedCase = OpenCase & { readonly index: number };

/** Processes what is not judged, and finds the watch list for what is. */
async function processAlone(
  { kind, about, traceparent }: Happening,
  { store, clock, campaigns: follower }: BatchOptions,
): Promise<Outcome | OpenCase> {
  if (kind === 'scan') {
    await noteRevision(store, about, { clock, traceparent });
    return DONE;
  }
  const campaigns = await follower.atLeast(about.watchListVersion);
  if (campaigns === null) {
    const message = `there is no version ${about.watchListVersion} of the watch list`;
    return { kind: 'failed', reason: 'unknown-watch-list', message, retry: true };
  }
  if (!isCanaryPost(about.post)) return { detection: about, campaigns, traceparent };
  await recordCanary(store, { detection: about, traceparent }, clock);
  return DONE;
}

/** Judges detections and records what comes of them. To do it again changes nothing. */
async function processCases(cases: readonly PlacedCase[], options: BatchOptions): Promise<Placed[]> {
  const { store, metrics, silences, clock } = options;
  const standingOf = await loadStandings(
    store.pool,
    cases.map(({ detection }) => detection.post.creatorId),
  );
  const placed: Placed[] = [];
  const alerts: AlertCase[] = [];
  const stops: (Stop & { readonly detection: Detection })[] = [];
  for (const { index, ...one } of cases) {
    const { post, evidence } = one.detection;
    const standing = standingOf(post.creatorId, evidence.campaignId, clock());
    try {
      const judged = judgement.tell({ ...one, ruleset: options.ruleset(), standing, silences });
      if (judged.kind === 'go') alerts.push(judged.value);
      else stops.push({ ...judged, detection: one.detection });
      placed.push({ index, outcome: DONE });
    } catch (error) {
      placed.push({ index, outcome: failureOf(error) });
    }
  }
  for (const { one, effect } of await recordIncidents(store, alerts, options)) {
    countIncident(metrics, one, effect);
  }
  await recordStops(stops, options);
  return placed;
}

async function recordStops(
  stops: readonly (Stop & { readonly detection: Detection })[],
  { store, metrics, clock }: BatchOptions,
): Promise<void> {
  if (stops.length === 0) return;
  const isErased = await findErased(
    store.pool,
    stops.map(({ detection }) => detection.post),
  );
  const kept = stops.filter(({ detection }) => !isErased(detection.post));
  const news = await saveSuppressions(store.pool, kept, clock());
  for (const stop of kept) if (news.has(stop.detection.id)) countSuppression(metrics, stop);
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
