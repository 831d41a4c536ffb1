import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadKnownNames } from '@leakwatch/alerting/desk';
import { readRuleset } from '@leakwatch/alerting/judge';
import { type QueueFilter } from '@leakwatch/console/schemas';
import { readSettings, UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList, type Queryable } from '@leakwatch/store';
import { didYouMean } from '../nearest-name.ts';
import { type Screen } from '../screen/screen.ts';

type Names = Partial<Pick<QueueFilter, 'campaign' | 'creator' | 'item' | 'rule' | 'platform' | 'assignee'>>;

/** Words for the person who asks, and for no person. */
const NO_NAMES = new Set(['me', 'nobody']);

/**
 * Refuses a name that neither the watch list nor any alert has: it would find nothing, and silence nothing. A person without
 * an alert is no mistake, and only told.
 *
 * @throws UsageError with the nearest name
 */
export async function checkNames(db: Queryable, names: Names, screen: Screen): Promise<void> {
  const people = names.assignee?.filter((name) => !NO_NAMES.has(name));
  const asked = [names.campaign, names.creator, names.item, names.rule, names.platform, people];
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
  for (const name of people ?? []) {
    if (known.assignees.includes(name)) continue;
    screen.note(`no alert is assigned to \`${name}\`${didYouMean(name, known.assignees)}`);
  }
  if (names.rule !== undefined) refuse('rule', names.rule, [...(await rulesInForce(db)), ...known.rules]);
}

async function rulesInForce(db: Queryable): Promise<string[]> {
  const { alerting } = readSettings({ alerting: loadAlertingConfig }, process.env);
  return (await readRuleset(alerting.rulesFile, db)).rules.map(({ id }) => id);
}
