import { alertId, type Detection } from '@leakwatch/contracts';
import { type Store } from '@leakwatch/store';
import { addOccurrence } from '../../../alerting/incidents/queries/add-occurrence.ts';
import { openAlert } from '../../../alerting/incidents/queries/open-alert.ts';

/** The alert that alerting would have made of a detection. */
export async function openAlertOf(store: Pick<Store, 'transaction'>, detection: Detection): Promise<void> {
  const { creatorId, publishedAt } = detection.post;
  const { campaignId } = detection.evidence;
  const id = alertId(creatorId, campaignId, 1);
  const at = new Date(publishedAt);
  await store.transaction(async (tx) => {
    await openAlert(tx, {
      id,
      creatorId,
      campaignId,
      episode: 1,
      tier: 1,
      tierReasons: [],
      severity: 'medium',
      severityReasons: [],
      violation: null,
      ruleId: 'leaked-term',
      rulesetHash: '0'.repeat(64),
      matcher: detection.lane,
      openedAt: at,
      minutesToAct: 60,
      minutesToResolve: 480,
      escalates: false,
      detectionLatencyMs: 0,
      pipelineLatencyMs: 0,
      publishedAt: at,
    });
    await addOccurrence(tx, id, detection, null);
  });
}
