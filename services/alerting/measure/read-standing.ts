import { readFile } from 'node:fs/promises';
import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';
import { loadBuiltInRuleset, loadRuleset } from '../judge/load-ruleset.ts';
import { indexCampaigns } from '../judge/watched-campaigns.ts';
import { type CoverageOptions } from './coverage/load-coverage.ts';

/**
 * What coverage and reports go by where no alerting runs in this process: the newest watch list and the ruleset of the settings.
 *
 * @throws RulesetError for a broken ruleset
 */
export async function readStanding(
  db: Queryable,
  { rulesFile, quietMs }: { rulesFile: string | undefined; quietMs: CoverageOptions['quietMs'] },
): Promise<Omit<CoverageOptions, 'at'>> {
  const [watchList, rulesText] = await Promise.all([
    loadCurrentWatchList(db),
    rulesFile === undefined ? null : readFile(rulesFile, 'utf8'),
  ]);
  return {
    campaigns:
      watchList === null
        ? { version: 0, campaigns: new Map(), creators: new Map() }
        : indexCampaigns(watchList),
    ruleset:
      rulesText === null || rulesFile === undefined
        ? loadBuiltInRuleset()
        : loadRuleset(rulesText, rulesFile),
    quietMs,
  };
}
