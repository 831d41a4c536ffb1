import { readFile } from 'node:fs/promises';
import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';
import { type AlertingConfig } from '../config.ts';
import { type CoverageOptions } from '../coverage/load-coverage.ts';
import { loadBuiltInRuleset, loadRuleset } from '../rules/load-ruleset.ts';
import { indexCampaigns } from '../watched-campaigns.ts';

/**
 * What coverage and reports go by where no alerting runs in this process: the newest watch list and the ruleset of the settings.
 *
 * @throws RulesetError for a broken ruleset
 */
export async function readStanding(
  db: Queryable,
  { rulesFile, quietMs }: Pick<AlertingConfig, 'rulesFile' | 'quietMs'>,
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
