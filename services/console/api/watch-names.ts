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
  stop(): Promise<void>;
}

export async function followNames(
  store: Pick<Store, 'pool' | 'listen'>,
  onError: (error: Error) => void,
): Promise<NamesFollower> {
  let current: WatchNames = { snapshot: null, campaigns: new Map(), creators: new Map() };
  const following = await followWatchList(
    store,
    (snapshot) => {
      current = {
        snapshot,
        campaigns: new Map(
          snapshot.campaigns.filter(({ id }) => id !== CANARY_CAMPAIGN_ID).map((one) => [one.id, one]),
        ),
        creators: new Map(snapshot.creators.map((one) => [one.id, one])),
      };
    },
    { onError },
  );
  return { current: () => current, stop: () => following.stop() };
}
