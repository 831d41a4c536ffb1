import { type Tier } from '@leakwatch/contracts';

/** How closely the posts of a tier's creators are looked at by people, whether or not they raise an alert. */
export interface TierSampling {
  /** Share of posts that chance draws. */
  readonly randomShare: number;
  /** Every so many posts of a creator, the first by chance; null: none by count. */
  readonly everyNth: number | null;
  /** Every post while an embargo that concerns the creator has not lifted. */
  readonly campaignWindow: boolean;
}

export interface SamplingPolicy {
  /** Whoever knows it can tell which posts are drawn. */
  readonly seed: string;
  /** Share of every creator's posts, so that no post is out of reach: without it recall could not be estimated. */
  readonly uniformShare: number;
  readonly tiers: Readonly<Record<Tier, TierSampling>>;
}

const NOTHING_MORE: TierSampling = { randomShare: 0, everyNth: null, campaignWindow: false };
const EVERYTHING: TierSampling = { randomShare: 0, everyNth: null, campaignWindow: true };

export const DEFAULT_SAMPLING: Omit<SamplingPolicy, 'seed'> = {
  uniformShare: 0.02,
  tiers: {
    1: NOTHING_MORE,
    2: { randomShare: 0.05, everyNth: 20, campaignWindow: false },
    3: EVERYTHING,
    4: EVERYTHING,
    5: NOTHING_MORE,
  },
};
