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
  /** Which frame or page of the asset it is, from 1; null for an asset of one picture. */
  readonly frame: number | null;
  readonly thresholds: AssetThresholds;
  readonly isCleared: boolean;
}

/** Largest difference of confidence at which a look-alike is named as an alternative. */
const CLOSE_CONFIDENCE = 0.1;

/**
 * Merges findings into one match an item, surest first: its strongest finding, the names of the other stages, and the frame that it shows of an
 * asset of several.
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
    const alike = new Set(close.flatMap((other) => items.get(other)!.map(nameOf)));
    for (const item of watched) {
      const { campaignId, assetId, thresholds, frame } = item;
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
        how: [
          ...finding.how,
          ...(frame === null ? [] : [`asset-frame-${frame}`]),
          ...[...alike].filter((name) => name !== nameOf(item)).map((name) => `looks-like:${name}`),
        ],
        distance,
        region,
      });
    }
  }
  return surestOfEachItem(matches).sort((a, b) => b.confidence - a.confidence);
}

function nameOf({ campaignId, assetId }: Pick<WatchedItem, 'campaignId' | 'assetId'>): string {
  return `${campaignId}/${assetId}`;
}

/** The frame that the picture shows best, of an asset with several. One of which it has the layout alone says least. */
function surestOfEachItem(matches: readonly ImageMatch[]): ImageMatch[] {
  const best = new Map<string, ImageMatch>();
  for (const match of matches) {
    const key = JSON.stringify([match.campaignId, match.itemId]);
    const known = best.get(key);
    if (known === undefined || isSurer(match, known)) best.set(key, match);
  }
  return [...best.values()];
}

function isSurer(one: ImageMatch, other: ImageMatch): boolean {
  const isDoubtful = ({ grade }: ImageMatch) => grade === 'same-layout';
  if (isDoubtful(one) !== isDoubtful(other)) return isDoubtful(other);
  return one.confidence > other.confidence;
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
