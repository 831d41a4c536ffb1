import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Database } from '../queryable.ts';
import { eraseCreatorFromDrafts } from './erase-from-drafts.ts';
import { loadWatchListVersion } from './load-watch-list.ts';
import { WatchListContentSchema } from './watch-list-row.ts';
import { rewriteVersion } from './save-watch-list.ts';

const VersionSchema = z.object({ version: z.int() });

/**
 * Takes a creator out of the versions of the watch list before the current one, one transaction each, and out of drafts.
 * Gives how many versions named them.
 *
 * @param only - `count` changes nothing
 */
export async function eraseCreatorFromVersions(
  store: Database,
  creatorId: string,
  only?: 'count',
): Promise<number> {
  const answer = await store.pool.query(
    'SELECT version FROM watch_list_version ORDER BY version DESC OFFSET 1',
  );
  if (only !== 'count') await store.transaction((tx) => eraseCreatorFromDrafts(tx, creatorId));
  let named = 0;
  for (const { version } of parseRows(answer, VersionSchema)) {
    named += await store.transaction(async (tx) => {
      const snapshot = await loadWatchListVersion(tx, version);
      if (snapshot === null) return 0;
      // zod leaves out the number and the time, which the row has.
      const content = WatchListContentSchema.strip().parse(snapshot);
      const isNamed =
        content.creators.some(({ id }) => id === creatorId) ||
        content.campaigns.some(({ creators }) => creators?.includes(creatorId) === true);
      if (!isNamed) return 0;
      if (only === 'count') return 1;
      await rewriteVersion(tx, version, {
        ...content,
        creators: content.creators.filter(({ id }) => id !== creatorId),
        campaigns: content.campaigns.map((campaign) =>
          campaign.creators === undefined
            ? campaign
            : { ...campaign, creators: campaign.creators.filter((id) => id !== creatorId) },
        ),
      });
      return 1;
    });
  }
  return named;
}
