import { type SilenceMatcher, type WatchListSnapshot } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { AlertError } from './find-alert.ts';
import { listNamesInAlerts, type NamesInAlerts } from './queries/list-names-in-alerts.ts';

type NamesInList = Pick<WatchListSnapshot, 'campaigns' | 'creators'>;

/** The names that the watch list or any alert has: another one finds nothing, and silences nothing. */
export async function loadKnownNames(db: Queryable, list: NamesInList | null): Promise<NamesInAlerts> {
  const seen = await listNamesInAlerts(db);
  const { campaigns = [], creators = [] } = list ?? {};
  const accounts = creators.flatMap((creator) => creator.accounts);
  return {
    campaigns: [...campaigns.map(({ id }) => id), ...seen.campaigns],
    creators: [...creators.map(({ id }) => id), ...seen.creators],
    items: [
      ...campaigns.flatMap(({ terms, assets }) => [...terms, ...assets].map(({ id }) => id)),
      ...seen.items,
    ],
    platforms: [...accounts.map(({ platform }) => platform), ...seen.platforms],
    rules: seen.rules,
    assignees: seen.assignees,
  };
}

/**
 * Refuses a silence of what nobody knows.
 *
 * @param db - shows the alerts that the person may see
 * @param list - the part of the watch list that they may see
 * @throws AlertError `bad-silence`
 */
export async function checkSilenced(
  db: Queryable,
  { campaignId, creatorId, itemId }: SilenceMatcher,
  list: NamesInList | null,
): Promise<void> {
  const known = await loadKnownNames(db, list);
  const refuse = (what: string, id: string | undefined, ids: readonly string[]) => {
    if (id !== undefined && !ids.includes(id)) {
      throw new AlertError('bad-silence', `there is no ${what} \`${id}\`: the silence would silence nothing`);
    }
  };
  refuse('campaign', campaignId, known.campaigns);
  refuse('creator', creatorId, known.creators);
  refuse('term or asset', itemId, known.items);
}
