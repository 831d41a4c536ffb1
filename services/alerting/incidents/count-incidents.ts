import { platformLabel, type Metrics } from '@leakwatch/runtime';
import { type AlertCase } from '../judge/cases.ts';
import { type Stop } from '../judge/story.ts';
import { type IncidentEffect } from './record-incidents.ts';

/** Counts committed changes. A redelivery changes nothing and is not counted. */
export function countIncident(metrics: Metrics, one: AlertCase, effect: IncidentEffect): void {
  if (effect.kind === 'repeated' || effect.kind === 'erased') return;
  metrics.ruleMatches.inc({ rule: one.rule.ruleId, status: 'active' });
  countShadows(metrics, one.shadows);
  if (effect.kind !== 'opened') return;
  const { lane, post } = one.detection;
  const tier = String(one.tier.tier);
  metrics.alertsCreated.inc({ tier, severity: effect.severity });
  // A re-scan finds old posts: their age says nothing about our speed.
  if (one.detection.rescanJobId !== null) return;
  // A post dated ahead of our clock would lower the sum.
  metrics.detectionLatency.observe(
    { tier, platform: platformLabel(post.platform) },
    Math.max(0, effect.detectionLatencyMs) / 1000,
  );
  metrics.pipelineLatency.observe({ lane }, Math.max(0, effect.pipelineLatencyMs) / 1000);
}

export function countSuppression(metrics: Metrics, { reason, shadows }: Stop): void {
  metrics.detectionsSuppressed.inc({ reason });
  countShadows(metrics, shadows);
}

function countShadows(metrics: Metrics, shadows: readonly string[]): void {
  for (const rule of shadows) metrics.ruleMatches.inc({ rule, status: 'shadow' });
}
