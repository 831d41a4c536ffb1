import { type Grade, type RegisteredAsset, type RegisteredCampaign } from '@leakwatch/contracts';
import {
  compileImageMatcher,
  LEAK_WAYS,
  type ImageEngine,
  type ImageMatch,
  type LeakWay,
} from '@leakwatch/image-matching';
import { imageItemsOf } from './compile-watch-list.ts';

/** A secret asset of a list. */
export interface PlacedAsset {
  readonly campaignId: string;
  readonly asset: RegisteredAsset;
  /** The grades of it that raise alerts: those count as found. */
  readonly alertOn: readonly Grade[];
}

/** Another asset that a copy of the tried one also shows, by its picture. */
export interface NearAsset {
  readonly sha256: string;
  readonly cleared: boolean;
  readonly grade: Grade;
}

/** Result of looking for an asset's copies, leaked as people do. */
export interface AssetTrial {
  /** Ways in which it was not found. */
  readonly missed: readonly LeakWay[];
  /** The nearest first. */
  readonly near: readonly NearAsset[];
}

/** The surest first: a picture that a copy shows whole is nearer than one that shares a part or a layout. */
const NEARNESS: readonly Grade[] = ['same', 'part', 'same-layout'];

/** Gives a function that leaks an asset of these campaigns in every way and looks for it, beside all that they watch and clear. */
export function assetTrier(
  campaigns: readonly RegisteredCampaign[],
  engine: Pick<ImageEngine, 'leak'>,
): (placed: PlacedAsset, picture: Uint8Array) => Promise<AssetTrial> {
  const items = imageItemsOf(campaigns);
  const watched = compileImageMatcher(items);
  // Names cleared pictures, too, and keeps the order of what has only the layout.
  const open = compileImageMatcher(
    items.map((item) => ({ ...item, isCleared: false, thresholds: { sameLayoutCounts: true } })),
    { previous: watched },
  );
  const assets = new Map(
    campaigns.flatMap(({ id, assets: own }) => own.map((asset) => [keyOf(id, asset.id), asset])),
  );
  return async ({ campaignId, asset, alertOn }, picture) => {
    const isIt = (match: ImageMatch) => match.campaignId === campaignId && match.itemId === asset.id;
    const missed = new Set<LeakWay>();
    let near: readonly NearAsset[] = [];
    for (const { way, data } of await engine.leak(picture)) {
      const found = await watched.match(data);
      if (!found.some((match) => isIt(match) && alertOn.includes(match.grade))) missed.add(way);
      if (way !== LEAK_WAYS[0]) continue;
      const shown = await open.match(data);
      near = shown
        .toSorted((a, b) => NEARNESS.indexOf(a.grade) - NEARNESS.indexOf(b.grade))
        .flatMap((match): NearAsset[] => {
          const other = assets.get(keyOf(match.campaignId, match.itemId));
          if (other === undefined || other.sha256 === asset.sha256) return [];
          return [{ sha256: other.sha256, cleared: other.cleared === true, grade: match.grade }];
        });
    }
    return { missed: [...missed], near };
  };
}

function keyOf(campaignId: string, assetId: string): string {
  return JSON.stringify([campaignId, assetId]);
}
