import { alertId, CANARY_CAMPAIGN_ID, type Detection, type Lane } from '@leakwatch/contracts';
import { type Store } from '@leakwatch/store';
import { addOccurrence } from './queries/add-occurrence.ts';
import { appendAlertEvent } from './queries/append-alert-event.ts';
import { findOccurrences } from './queries/find-occurrences.ts';
import { lockCreator } from './queries/lock-creator.ts';
import { openAlert } from './queries/open-alert.ts';

/** Each lane's canary is an incident of its own: a late lane must not hide behind the other. */
const EPISODES: Record<Lane, number> = { text: 1, image: 2 };

const TELLS_NOBODY = '0'.repeat(64);

/**
 * Makes a quiet alert of a canary's detection, through the same tables and outbox as any other alert. The rules are not
 * asked: they belong to the operator. Detections of other campaigns are ignored.
 */
export async function recordCanary(
  store: Pick<Store, 'transaction'>,
  { detection, traceparent }: { detection: Detection; traceparent: string | undefined },
  clock: () => Date,
): Promise<void> {
  if (detection.evidence.campaignId !== CANARY_CAMPAIGN_ID) return;
  const { creatorId, publishedAt, observedAt } = detection.post;
  const episode = EPISODES[detection.lane];
  const id = alertId(creatorId, CANARY_CAMPAIGN_ID, episode);
  await store.transaction(async (tx) => {
    await lockCreator(tx, creatorId);
    if ((await findOccurrences(tx, [detection.id])).has(detection.id)) return;
    const at = clock();
    await openAlert(tx, {
      id,
      creatorId,
      campaignId: CANARY_CAMPAIGN_ID,
      episode,
      tier: 1,
      tierReasons: ['canary'],
      severity: 'low',
      severityReasons: [],
      violation: null,
      ruleId: CANARY_CAMPAIGN_ID,
      rulesetHash: TELLS_NOBODY,
      matcher: detection.lane,
      openedAt: at,
      minutesToAct: 60,
      minutesToResolve: 60,
      escalates: false,
      detectionLatencyMs: at.getTime() - Date.parse(publishedAt),
      pipelineLatencyMs: at.getTime() - Date.parse(observedAt),
      publishedAt: new Date(publishedAt),
    });
    await addOccurrence(tx, id, detection, null);
    await appendAlertEvent(tx, {
      alertId: id,
      change: 'opened',
      cause: detection.id,
      quiet: true,
      traceparent,
      at,
    });
  });
}
