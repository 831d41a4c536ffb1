import {
  alertGradesOf,
  type Grade,
  type RegisteredCampaign,
  type Term,
  type WatchListSnapshot,
} from '@leakwatch/contracts';
import { imageMatcherSteps, type ImageItem, type ImageMatcher } from '@leakwatch/image-matching';
import {
  atOnce,
  textMatcherSteps,
  type Steps,
  type TermsPart,
  type TermWarning,
  type TextItem,
  type TextMatcher,
} from '@leakwatch/text-matching';
import { assertRoomForTerms } from './room-for-terms.ts';
import { compileDisclosure, type DisclosureCheck } from './find-disclosure.ts';

/** A version of the watch list, ready to match. It is never changed, only replaced. */
export interface CompiledWatchList {
  readonly version: number;
  readonly text: TextMatcher;
  readonly images: ImageMatcher;
  /** Whether a finding of an asset in that grade raises an alert, by the policy of the asset and its campaign. */
  readonly alertsOn: AlertPolicy;
  /** The disclosure checks of the campaigns that ask for one, by campaign id. */
  readonly disclosures: ReadonlyMap<string, DisclosureCheck>;
  /** The terms in parts, to try each; none of a stored list, whose terms were tried. */
  readonly parts: Iterable<TermsPart>;
  readonly warnings: readonly TermWarning[];
  /** Queries that an earlier version registered and this one refuses: they are not watched. */
  readonly refused: readonly TermWarning[];
}

export type AlertPolicy = (campaignId: string, assetId: string, grade: Grade) => boolean;

export type WatchListToCompile = Pick<WatchListSnapshot, 'version' | 'ordinaryWords'> & {
  readonly campaigns: readonly RegisteredCampaign[];
};

export interface CompileOptions {
  /** The previous version. Only assets that changed are indexed again; it stays usable. */
  readonly previous?: CompiledWatchList | undefined;
  /** The list was registered before: a query that is refused today doesn't stop the rest. */
  readonly isStored?: boolean;
}

/**
 * Compiles the terms and assets of a watch list.
 *
 * @throws TermError, which names the campaign and the term, if a term cannot be watched; Error if a stored list does not fit
 *   into this process
 */
export function compileWatchList(list: WatchListToCompile, options: CompileOptions = {}): CompiledWatchList {
  return atOnce(watchListSteps(list, options));
}

/** The same in steps, for a process that must answer meanwhile. */
export function* watchListSteps(
  list: WatchListToCompile,
  { previous, isStored = false }: CompileOptions = {},
): Steps<CompiledWatchList> {
  const items = list.campaigns.flatMap(({ id, terms }) => terms.flatMap((term) => itemsOf(id, term)));
  if (isStored) assertRoomForTerms(items.length);
  const { matcher, parts, warnings, refused } = yield* textMatcherSteps(items, {
    ordinaryWords: list.ordinaryWords,
    isStored,
  });
  const images = yield* imageMatcherSteps(
    imageItemsOf(list.campaigns),
    previous === undefined ? {} : { previous: previous.images },
  );
  const disclosures = new Map(
    list.campaigns.flatMap(({ id, disclosure }) =>
      disclosure === undefined ? [] : [[id, compileDisclosure(disclosure)]],
    ),
  );
  const alertsOn = alertPolicyOf(list.campaigns);
  return { version: list.version, text: matcher, images, alertsOn, disclosures, parts, warnings, refused };
}

function alertPolicyOf(campaigns: readonly RegisteredCampaign[]): AlertPolicy {
  const grades = new Map(
    campaigns.map((campaign) => [
      campaign.id,
      new Map(campaign.assets.map((asset) => [asset.id, alertGradesOf(campaign, asset)])),
    ]),
  );
  return (campaignId, assetId, grade) => grades.get(campaignId)?.get(assetId)?.includes(grade) ?? false;
}

/** The campaigns' assets as the image engine watches them. A fingerprint is decoded when it is read: all at once would fill the memory. */
export function imageItemsOf(campaigns: readonly RegisteredCampaign[]): ImageItem[] {
  return campaigns.flatMap((campaign) =>
    campaign.assets.map((asset) => ({
      campaignId: campaign.id,
      assetId: asset.id,
      get data() {
        return Buffer.from(asset.fingerprint, 'base64');
      },
      thresholds: { sameLayoutCounts: alertGradesOf(campaign, asset).includes('same-layout') },
      isCleared: asset.cleared === true,
    })),
  );
}

/** A term and its translations, each as an item under the term's id. */
function itemsOf(campaignId: string, { translations = [], ...term }: Term): TextItem[] {
  const others = translations.map(({ lang, text }) => ({ ...term, lang, text }));
  return [{ campaignId, term }, ...others.map((own) => ({ campaignId, term: own, isTranslation: true }))];
}

/** An empty watch list, used before the first one is imported. */
export const EMPTY_WATCH_LIST: Pick<WatchListSnapshot, 'campaigns'> & { version: number } = {
  version: 0,
  campaigns: [],
};
