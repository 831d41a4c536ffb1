import { type Creator, type Tier, type WatchListSnapshot } from '@leakwatch/contracts';

const DAY_MS = 24 * 3_600_000;
/** A factor of the polling interval: 1 for an account that posts each week. */
const QUIET = [
  { days: 7, factor: 1 },
  { days: 30, factor: 2 },
] as const;
const LONG_QUIET = 4;
/** For a creator whom no campaign under embargo has briefed. */
const UNWATCHED = 4;
/** For tier 4. */
const CLOSE = 0.5;
const CLOSE_TIER: Tier = 4;

/** How a creator's accounts are polled, as a factor of the polling interval. Less is more often. */
export function paceOf(
  creator: Creator,
  {
    campaigns,
    tiers,
    now,
  }: Pick<WatchListSnapshot, 'campaigns'> & { tiers: ReadonlyMap<string, Tier>; now: Date },
): number {
  const isWatched = campaigns.some(
    ({ embargo, creators }) =>
      (creators === undefined || creators.includes(creator.id)) &&
      (embargo === undefined || Date.parse(embargo.liftsAt) > now.getTime()),
  );
  if (!isWatched) return UNWATCHED;
  return tiers.get(creator.id) === CLOSE_TIER ? CLOSE : 1;
}

/** A further factor by how long an account has been quiet; `null`: it never posted. */
export function quietFactor(postedAt: Date | null, now: Date): number {
  if (postedAt === null) return LONG_QUIET;
  const quietMs = now.getTime() - postedAt.getTime();
  return QUIET.find(({ days }) => quietMs < days * DAY_MS)?.factor ?? LONG_QUIET;
}
