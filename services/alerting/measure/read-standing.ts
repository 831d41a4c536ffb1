import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';
import { readRuleset } from '../judge/read-rules.ts';
import { indexCampaigns } from '../judge/watched-campaigns.ts';
import { type CoverageOptions } from './coverage/load-coverage.ts';

/**
 * Reads what coverage and reports need: the newest watch list and the rules in force. A running alerting follows both instead.
 *
 * @throws UsageError if the ruleset can't be read or is broken
 */
export async function readStanding(
  db: Queryable,
  { rulesFile, quietMs }: { rulesFile: string | undefined; quietMs: CoverageOptions['quietMs'] },
): Promise<Omit<CoverageOptions, 'at'>> {
  const [watchList, ruleset] = await Promise.all([loadCurrentWatchList(db), readRuleset(rulesFile, db)]);
  const campaigns =
    watchList === null
      ? { version: 0, campaigns: new Map(), creators: new Map() }
      : indexCampaigns(watchList);
  return { campaigns, ruleset, quietMs };
}
