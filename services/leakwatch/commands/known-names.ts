import { loadAlertingConfig } from '@leakwatch/alerting';
import { readRuleset } from '@leakwatch/alerting/judge';
import { type QueueFilter } from '@leakwatch/console/schemas';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList, parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { didYouMean } from '../nearest-name.ts';

const SeenSchema = z.object({
  campaigns: z.array(z.string()),
  creators: z.array(z.string()),
  rules: z.array(z.string()),
  items: z.array(z.string()),
  platforms: z.array(z.string()),
});

type Names = Partial<Pick<QueueFilter, 'campaign' | 'creator' | 'item' | 'rule' | 'platform'>>;

/**
 * Refuses a name that neither the watch list nor any alert has: it would find nothing, and silence nothing.
 *
 * @throws UsageError with the nearest name
 */
export async function checkNames(db: Queryable, names: Names): Promise<void> {
  const asked = [names.campaign, names.creator, names.item, names.rule, names.platform];
  if (asked.every((one) => one === undefined)) return;
  const list = await loadCurrentWatchList(db);
  const seen = await loadSeen(db);
  const campaigns = list?.campaigns ?? [];
  const creators = list?.creators ?? [];
  const refuse = (what: string, given: readonly string[] | undefined, known: readonly string[]) => {
    for (const name of given ?? []) {
      if (known.includes(name)) continue;
      throw new UsageError(`there is no ${what} \`${name}\`${didYouMean(name, known)}`);
    }
  };
  refuse('campaign', names.campaign, [...campaigns.map(({ id }) => id), ...seen.campaigns]);
  refuse('creator', names.creator, [...creators.map(({ id }) => id), ...seen.creators]);
  const items = campaigns.flatMap(({ terms, assets }) => [...terms, ...assets].map(({ id }) => id));
  refuse('term or asset', names.item, [...items, ...seen.items]);
  const accounts = creators.flatMap((creator) => creator.accounts.map(({ platform }) => platform));
  refuse('platform', names.platform, [...accounts, ...seen.platforms]);
  if (names.rule !== undefined) refuse('rule', names.rule, [...(await rulesInForce(db)), ...seen.rules]);
}

async function rulesInForce(db: Queryable): Promise<string[]> {
  const { alerting } = readSettings({ alerting: loadAlertingConfig }, process.env);
  return (await readRuleset(alerting.rulesFile, db)).rules.map(({ id }) => id);
}

async function loadSeen(db: Queryable): Promise<z.infer<typeof SeenSchema>> {
  const answer = await db.query(
    `SELECT array(SELECT DISTINCT campaign_id FROM alert) AS campaigns, array(SELECT DISTINCT creator_id FROM alert) AS creators,
       array(SELECT DISTINCT rule_id FROM alert) AS rules, array(SELECT DISTINCT item_id FROM alert_occurrence) AS items,
       array(SELECT DISTINCT platform FROM alert_occurrence WHERE platform IS NOT NULL) AS platforms`,
  );
  return (
    parseRows(answer, SeenSchema)[0] ?? { campaigns: [], creators: [], rules: [], items: [], platforms: [] }
  );
}
