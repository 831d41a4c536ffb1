import {
  CANARY_CAMPAIGN_ID,
  type Creator,
  type RegisteredCampaign,
  type WatchListSnapshot,
} from '@leakwatch/contracts';
import { followWatchList, type Store } from '@leakwatch/store';

/** The newest watch list by id. It holds every campaign: ask `sees` before anything of it is shown. */
export interface WatchNames {
  readonly snapshot: WatchListSnapshot | null;
  readonly campaigns: ReadonlyMap<string, RegisteredCampaign>;
  readonly creators: ReadonlyMap<string, Creator>;
}

export interface NamesFollower {
  current(): WatchNames;
  /** Shows a version that was just saved here before the follower hears of it: who saved it sees it at once. */
  show(snapshot: WatchListSnapshot): void;
  stop(): Promise<void>;
}

export async function followNames(
  store: Pick<Store, 'pool' | 'listen'>,
  onError: (error: Error) => void,
): Promise<NamesFollower> {
  let current: WatchNames = { snapshot: null, campaigns: new Map(), creators: new Map() };
  const show = (snapshot: WatchListSnapshot) => {
    if (snapshot.version < (current.snapshot?.version ?? 0)) return;
    current = {
      snapshot,
      campaigns: new Map(
        snapshot.campaigns.filter(({ id }) => id !== CANARY_CAMPAIGN_ID).map((one) => [one.id, one]),
      ),
      creators: new Map(snapshot.creators.map((one) => [one.id, one])),
    };
  };
  const following = await followWatchList(store, show, { onError });
  return { current: () => current, show, stop: () => following.stop() };
}
