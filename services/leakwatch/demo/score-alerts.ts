import { type Alert } from '@leakwatch/contracts';

/** A post that should be in an alert of a campaign. */
export interface ExpectedLeak {
  /** The post's native id. */
  readonly postId: string;
  readonly campaignId: string;
}

export interface Score {
  readonly truePairs: number;
  readonly falsePairs: readonly ExpectedLeak[];
  readonly missedPairs: readonly ExpectedLeak[];
  /** Null if nothing was reported. */
  readonly precision: number | null;
  /** Null if nothing was to be found. */
  readonly recall: number | null;
}

/** Compares the (post, campaign) pairs in the alerts with the expected ones. */
export function scoreAlerts(alerts: readonly Alert[], expected: readonly ExpectedLeak[]): Score {
  const reported = unique(
    alerts.flatMap((alert) =>
      alert.occurrences.map(({ detection }) => ({
        postId: detection.post.nativeId,
        campaignId: alert.campaignId,
      })),
    ),
  );
  const wanted = unique(expected);
  const falsePairs = [...reported].filter(([key]) => !wanted.has(key)).map(([, pair]) => pair);
  const missedPairs = [...wanted].filter(([key]) => !reported.has(key)).map(([, pair]) => pair);
  const truePairs = reported.size - falsePairs.length;
  return {
    truePairs,
    falsePairs,
    missedPairs,
    precision: reported.size === 0 ? null : truePairs / reported.size,
    recall: wanted.size === 0 ? null : truePairs / wanted.size,
  };
}

function unique(pairs: readonly ExpectedLeak[]): Map<string, ExpectedLeak> {
  return new Map(pairs.map((pair) => [JSON.stringify([pair.postId, pair.campaignId]), pair]));
}
