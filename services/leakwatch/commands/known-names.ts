import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadKnownNames } from '@leakwatch/alerting/desk';
import { readRuleset } from '@leakwatch/alerting/judge';
import { type QueueFilter } from '@leakwatch/console/schemas';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';
import { didYouMean } from '../nearest-name.ts';

type Names = Partial<Pick<QueueFilter, 'campaign' | 'creator' | 'item' | 'rule' | 'platform'>>;

/**
 * Refuses a name that neither the watch list nor any alert has: it would find nothing, and silence nothing.
 *
 * @throws UsageError with the nearest name
 */
export async function checkNames(db: Queryable, names: Names): Promise<void> {
  const asked = [names.campaign, names.creator, names.item, names.rule, names.platform];
  if (asked.every((one) => one === undefined)) return;
  const known = await loadKnownNames(db, await loadCurrentWatchList(db));
  const refuse = (what: string, given: readonly string[] | undefined, those: readonly string[]) => {
    for (const name of given ?? []) {
      if (those.includes(name)) continue;
      throw new UsageError(`there is no ${what} \`${name}\`${didYouMean(name, those)}`);
    }
  };
  refuse('campaign', names.campaign, known.campaigns);
  refuse('creator', names.creator, known.creators);
  refuse('term or asset', names.item, known.items);
  refuse('platform', names.platform, known.platforms);
  if (names.rule !== undefined) refuse('rule', names.rule, [...(await rulesInForce(db)), ...known.rules]);
}

async function rulesInForce(db: Queryable): Promise<string[]> {
  const { alerting } = readSettings({ alerting: loadAlertingConfig }, process.env);
  return (await readRuleset(alerting.rulesFile, db)).rules.map(({ id }) => id);
}
