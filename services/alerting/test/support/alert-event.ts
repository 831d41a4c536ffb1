import { AlertSchema, type AlertEvent } from '@leakwatch/contracts';
import { detection } from './detections.ts';

const EVENT_AT = '2026-11-20T19:30:00.000Z';

/** A change of an alert of `mara` in `aurora`, tier 1, medium and open unless the traits say otherwise. */
export function alertEvent(
  traits: Partial<AlertEvent['alert']> = {},
  change: AlertEvent['change'] = 'opened',
): AlertEvent {
  const alert = AlertSchema.parse({
    schemaVersion: 1,
    id: 'a'.repeat(64),
    creatorId: 'mara',
    campaignId: 'aurora',
    episode: 1,
    tier: 1,
    severity: 'medium',
    state: 'open',
    ruleId: 'rule',
    rulesetHash: 'b'.repeat(64),
    openedAt: EVENT_AT,
    updatedAt: EVENT_AT,
    dueAt: EVENT_AT,
    detectionLatencyMs: 1,
    pipelineLatencyMs: 1,
    occurrences: [{ detection: detection(), removedAt: null, removedBy: null }],
    ...traits,
  });
  return { schemaVersion: 1, id: 'c'.repeat(64), change, at: EVENT_AT, alert };
}
