import { type Grade } from '@leakwatch/contracts';
import {
  SAME_LAYOUT_CONFIDENCE,
  type AssetThresholds,
  type Finding,
  type ImageMatch,
} from './image-match.ts';

/** A watched item without its data. */
export interface WatchedItem {
  readonly campaignId: string;
  readonly assetId: string;
  readonly thresholds: AssetThresholds;
  readonly isCleared: boolean;
}

/** Largest difference of confidence at which a look-alike is named as an alternative. */
const CLOSE_CONFIDENCE = 0.1;

/**
 * Merges findings into one match an item, surest first: its strongest finding and the names of the other stages.
 *
 * @param items items by asset number; one picture may be watched for several campaigns
 */
export function mergeFindings(
  findings: readonly Finding[],
  items: ReadonlyMap<number, readonly WatchedItem[]>,
  lookAlikes: ReadonlyMap<number, ReadonlySet<number>>,
  grades: ReadonlyMap<number, Grade>,
): ImageMatch[] {
  const merged = new Map([...groupByAsset(findings)].map(([asset, group]) => [asset, mergeGroup(group)]));
  const matches: ImageMatch[] = [];
  for (const [asset, finding] of merged) {
    const watched = items.get(asset)!;
    // A picture that is public somewhere is no secret of another campaign.
    if (watched.some(({ isCleared }) => isCleared)) continue;
    const close = [...(lookAlikes.get(asset) ?? [])].filter(
      (other) => (merged.get(other)?.confidence ?? -1) >= finding.confidence - CLOSE_CONFIDENCE,
    );
    const mayBe = close.flatMap((other) =>
      items.get(other)!.map(({ campaignId, assetId }) => `looks-like:${campaignId}/${assetId}`),
    );
    for (const { campaignId, assetId, thresholds } of watched) {
      const { distance, region } = finding;
      const grade = grades.get(asset)!;
      const isDoubtful = grade === 'same-layout' && !thresholds.sameLayoutCounts;
      const confidence = isDoubtful
        ? Math.min(finding.confidence, SAME_LAYOUT_CONFIDENCE)
        : finding.confidence;
      if (confidence < thresholds.minConfidence) continue;
      matches.push({
        campaignId,
        itemId: assetId,
        confidence,
        grade,
        how: [...finding.how, ...mayBe],
        distance,
        region,
      });
    }
  }
  return matches.sort((a, b) => b.confidence - a.confidence);
}

function mergeGroup(group: readonly Finding[]): Finding {
  const [strongest, ...others] = group.toSorted((a, b) => b.confidence - a.confidence);
  const distances = group.flatMap(({ distance }) => (distance === null ? [] : [distance]));
  return {
    ...strongest!,
    how: [...new Set([...strongest!.how, ...others.map(({ how }) => how[0]!)])],
    distance: distances.length === 0 ? null : Math.min(...distances),
  };
}

function groupByAsset(findings: readonly Finding[]): Map<number, Finding[]> {
  const groups = new Map<number, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.asset);
    if (group === undefined) groups.set(finding.asset, [finding]);
    else group.push(finding);
  }
  return groups;
}
