import { type Campaign, type Creator, type Grade, type WatchListSnapshot } from '@leakwatch/contracts';
import { followWatchList, loadCurrentWatchList, type Store } from '@leakwatch/store';
import { approvalsOf, type Approvals } from './approvals.ts';

/** A campaign as alerting needs it: without its brief, terms and assets. */
export interface WatchedCampaign extends Omit<
  Campaign,
  'brief' | 'terms' | 'assets' | 'approvedPosts' | 'approvedTexts'
> {
  /** The kinds of its terms by id (`sku`, `price` …); terms without a kind are absent. */
  readonly termKinds: ReadonlyMap<string, string>;
  /** The grades that raise alerts by the asset's id, of assets with a policy of their own; the others follow the campaign's. */
  readonly ownAlertOn: ReadonlyMap<string, readonly Grade[]>;
  readonly approvals: Approvals;
}

/** One version of the watch list, by id. */
export interface WatchedCampaigns {
  readonly version: number;
  readonly campaigns: ReadonlyMap<string, WatchedCampaign>;
  readonly creators: ReadonlyMap<string, Creator>;
}

export interface CampaignFollower {
  /**
   * The current watch list, at least of this version; null if there is no such version. A matcher may know a new
   * campaign a moment earlier, and its detections must not look like those of a deleted campaign.
   */
  atLeast(version: number): Promise<WatchedCampaigns | null>;
  /** The newest version that this process knows. */
  current(): WatchedCampaigns;
  stop(): Promise<void>;
}

export async function followCampaigns(
  store: Pick<Store, 'pool' | 'listen'>,
  onError: (error: Error) => void,
): Promise<CampaignFollower> {
  let current: WatchedCampaigns = { version: 0, campaigns: new Map(), creators: new Map() };
  const takeOver = (snapshot: WatchListSnapshot) => {
    if (snapshot.version > current.version) current = indexCampaigns(snapshot);
  };
  const following = await followWatchList(store, takeOver, { onError });
  return {
    atLeast: async (version) => {
      if (current.version < version) {
        const newest = await loadCurrentWatchList(store.pool);
        if (newest !== null) takeOver(newest);
      }
      return current.version < version ? null : current;
    },
    current: () => current,
    stop: () => following.stop(),
  };
}

export function indexCampaigns(snapshot: WatchListSnapshot): WatchedCampaigns {
  return {
    version: snapshot.version,
    campaigns: new Map(
      snapshot.campaigns.map((campaign) => [
        campaign.id,
        {
          ...campaign,
          termKinds: kindsOf(campaign),
          ownAlertOn: ownAlertOnOf(campaign),
          approvals: approvalsOf(campaign),
        },
      ]),
    ),
    creators: new Map(snapshot.creators.map((creator) => [creator.id, creator])),
  };
}

function kindsOf({ terms }: Pick<Campaign, 'terms'>): Map<string, string> {
  return new Map(terms.flatMap(({ id, kind }) => (kind === undefined ? [] : [[id, kind]])));
}

function ownAlertOnOf({ assets }: Pick<Campaign, 'assets'>): Map<string, readonly Grade[]> {
  return new Map(assets.flatMap(({ id, alertOn }) => (alertOn === undefined ? [] : [[id, alertOn]])));
}
