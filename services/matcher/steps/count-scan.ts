import { EVENTS, isCanaryCreator, type Lane } from '@leakwatch/contracts';
import { eventTypeName, type LogRecord, type Outcome } from '@leakwatch/event-log';
import { type Metrics } from '@leakwatch/runtime';

/** Counts a scanned post by its outcome. The canary's posts would hide that no others come. */
export function countScan(metrics: Metrics, lane: Lane, outcome: Outcome, { key }: LogRecord): void {
  // A post that was put off is counted when it is through.
  if (outcome.kind === 'dropped' || outcome.kind === 'postponed' || isCanaryCreator(key)) return;
  metrics.postsScanned.inc({ lane, outcome: labelOfScan(outcome) });
}

function labelOfScan(outcome: Exclude<Outcome, { kind: 'dropped' | 'postponed' }>): string {
  if (outcome.kind === 'failed') return 'failed';
  const isMatched = outcome.emit.some((record) => eventTypeName(record) === EVENTS.detection.type);
  return isMatched ? 'matched' : 'clean';
}
