import { diffLists, toEditedList, type EditedList } from '@leakwatch/console/watch-list';
import { sha256Hex } from '@leakwatch/contracts';
import { type WatchListFile } from '@leakwatch/matching';
import { UsageError } from '@leakwatch/runtime';
import { listWatchListVersions, StaleWatchListError, storeWatchList, type Queryable } from '@leakwatch/store';
import { RolledBackSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { type Screen } from '../screen/screen.ts';
import { formatChanges, formatVersions } from '../screen/watch-list.ts';
import { readVersion } from '../watch-list/read-version.ts';
import { readWatchListFile } from '../watch-list/read-watch-list-file.ts';
import { withEnvironment } from './with-environment.ts';

/** Shows the versions of the watch list, the newest first. */
export function showHistory(
  { dataDir, limit, json }: { readonly dataDir: string; readonly limit: number; readonly json: boolean },
  screen: Screen,
): Promise<void> {
  return withEnvironment({ dataDir }, async (environment) => {
    tellDataPlace(environment, screen);
    const versions = await listWatchListVersions(environment.store.pool, limit);
    if (json) for (const version of versions) screen.json(version);
    else if (versions.length === 0) screen.note('no version yet');
    else screen.result(formatVersions(versions));
  });
}

/**
 * Shows what differs between two versions, or between a version and a file: by default between the newest and the one before.
 *
 * @param from - the number of a version
 * @param to - the number of a version, or a file
 */
export function showDiff(
  from: string | undefined,
  to: string | undefined,
  { dataDir, json }: { readonly dataDir: string; readonly json: boolean },
  screen: Screen,
): Promise<void> {
  return withEnvironment({ dataDir }, async ({ store: { pool } }) => {
    const [older, newer] = await chosen(pool, from, to);
    const changes = diffLists(older.list, newer.list);
    if (json) for (const change of changes) screen.json(change);
    else if (changes.length > 0) screen.result(formatChanges(changes));
    screen.note(
      `${changes.length} ${changes.length === 1 ? 'difference' : 'differences'} from ${older.name} to ${newer.name}`,
    );
  });
}

interface Side {
  readonly name: string;
  readonly list: EditedList;
}

async function chosen(db: Queryable, from?: string, to?: string): Promise<[Side, Side]> {
  const newest = await readVersion(db);
  // One name alone is compared with the newest: a file as what would come, a version as what was.
  if (from !== undefined && to === undefined) {
    const one = await sideOf(db, from);
    const now = { name: `version ${newest.version}`, list: toEditedList(newest) };
    return isNumber(from) ? [one, now] : [now, one];
  }
  const [before, after] = [from ?? String(Math.max(1, newest.version - 1)), to ?? String(newest.version)];
  return [await sideOf(db, before), await sideOf(db, after)];
}

async function sideOf(db: Queryable, name: string): Promise<Side> {
  if (!isNumber(name)) return { name, list: listOfFile(await readWatchListFile(name)) };
  return { name: `version ${name}`, list: toEditedList(await readVersion(db, Number(name))) };
}

function isNumber(name: string): boolean {
  return /^\d{1,9}$/.test(name);
}

function listOfFile({ list, pictures }: WatchListFile): EditedList {
  const campaigns = list.campaigns.map((campaign) => ({
    ...campaign,
    assets: campaign.assets.map((asset) => ({
      ...asset,
      sha256: sha256Hex(pictures.get(asset.file) ?? new Uint8Array()),
    })),
  }));
  return { campaigns, creators: list.creators, ordinaryWords: list.ordinaryWords };
}

/** Makes an earlier version the newest again, as a version of its own: nothing is lost. */
export function rollBack(
  version: number,
  { dataDir, by, dryRun }: { readonly dataDir: string; readonly by: string; readonly dryRun: boolean },
  screen: Screen,
): Promise<void> {
  return withEnvironment({ dataDir }, async ({ store }) => {
    const newest = await readVersion(store.pool);
    const wanted = await readVersion(store.pool, version);
    const changes = diffLists(toEditedList(newest), toEditedList(wanted));
    const outcome = { backTo: version, version: newest.version, changes };
    if (changes.length === 0) {
      screen.outcome(RolledBackSchema, { ...outcome, did: 'nothing' }, null);
      screen.note(`version ${newest.version} says the same as version ${version}: nothing to do`);
      return;
    }
    if (dryRun) {
      screen.outcome(RolledBackSchema, { ...outcome, did: 'would-change' }, formatChanges(changes));
      screen.note(`${changes.length} would change; nothing was changed`);
      return;
    }
    const { campaigns, creators, ordinaryWords } = wanted;
    const note = `back to version ${version}`;
    const saved = await store
      .transaction((tx) =>
        storeWatchList(
          tx,
          { campaigns, creators, ordinaryWords },
          { by, note, expects: newest.version, pictures: [] },
        ),
      )
      .catch((error: unknown) => {
        throw error instanceof StaleWatchListError
          ? new UsageError(`${error.message}; nothing was changed`)
          : error;
      });
    const done = { ...outcome, version: saved.version, did: 'changed' } as const;
    screen.outcome(RolledBackSchema, done, formatChanges(changes));
    screen.note(`watch list version ${saved.version}: ${note}`);
  });
}
