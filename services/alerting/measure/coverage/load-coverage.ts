import { pollKey, type CreatorCoverage } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { type Ruleset } from '@leakwatch/tier-rules';
import { type WatchedCampaigns } from '../../judge/watched-campaigns.ts';
import { listKeptTiers, type KeptTier } from '../../tiers/queries/kept-tiers.ts';
import { listAccountPolls } from '../queries/list-account-polls.ts';
import { listHeardAccounts, listHeardPlatforms } from '../queries/list-heard-accounts.ts';
import { listSourcePlatforms } from '../queries/list-source-platforms.ts';
import { attentionBy } from '../sampling/attention.ts';
import { assessCoverage } from './assess-coverage.ts';

export interface CoverageOptions {
  readonly campaigns: WatchedCampaigns;
  readonly ruleset: Ruleset;
  /** How long an account of a platform may be quiet. */
  readonly quietMs: (platform: string) => number;
  readonly at: Date;
  /** The tiers of these creators, for whoever has read them already. */
  readonly kept?: readonly KeptTier[];
}

/**
 * Assesses at an instant whether each registered creator is heard.
 *
 * @param creatorIds - looks at these only, in their order; by default at all
 */
export async function loadCoverage(
  db: Queryable,
  { campaigns, ruleset, quietMs, at, ...read }: CoverageOptions,
  creatorIds?: readonly string[],
): Promise<CreatorCoverage[]> {
  const creators =
    creatorIds === undefined
      ? [...campaigns.creators.values()]
      : creatorIds.flatMap((id) => campaigns.creators.get(id) ?? []);
  const accounts = creatorIds && creators.flatMap((one) => one.accounts.map(pollKey));
  // One after the other: `db` may be a transaction.
  const heard = await listHeardAccounts(db, creatorIds);
  const heardPlatforms = await listHeardPlatforms(db);
  const sourcePlatforms = await listSourcePlatforms(db);
  const polls = await listAccountPolls(db, accounts);
  const kept = read.kept ?? (await listKeptTiers(db, creatorIds === undefined ? {} : { creatorIds }));
  const attention = attentionBy(campaigns, ruleset, kept);
  return assessCoverage({
    creators,
    tierOf: (creator) => attention(creator, at).tier,
    heard,
    sourcePlatforms: [...sourcePlatforms, ...heardPlatforms],
    polls,
    quietMs,
    at,
  });
}
