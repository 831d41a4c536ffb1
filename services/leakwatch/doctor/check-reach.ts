/** Checks of what is elsewhere: the database and the log, their clock, and the platforms that are polled. */
import { pollKey } from '@leakwatch/contracts';
import { checkAccount, listAccountStandings, type IngestConfig } from '@leakwatch/ingest';
import { messageOf, withDeadline } from '@leakwatch/runtime';
import {
  countMissingMigrations,
  loadCurrentWatchList,
  parseRows,
  type Queryable,
  type Store,
} from '@leakwatch/store';
import { z } from 'zod';
import { type EnvironmentConfig } from '../environment-config.ts';
import { nameOfDatabase, openStoreAsSet } from '../environment.ts';
import { openLog } from '../open-log.ts';
import { typedHere } from '../typed.ts';
import { open, well, wrong, type Finding } from './finding.ts';

const OPEN_MS = 30_000;
const POLL_MS = 25_000;
/** As much as signatures of deliveries allow. */
const CLOCK_MAY_DIFFER_S = 30;

/** Opens the database and the log, and looks at what is in them. The tables stay as they are. */
export async function checkReach(
  dataDir: string,
  config: EnvironmentConfig,
  polls: IngestConfig['polls'],
): Promise<Finding[]> {
  let store: Store;
  try {
    store = await withDeadline(openStoreAsSet(config, { dataDir, migrate: false }), OPEN_MS);
  } catch (error) {
    return [wrong('database', error, 'is DATABASE_URL right?')];
  }
  try {
    const tables = await checkTables(store.pool);
    const isCurrent = tables.state === 'well';
    return [
      well('database', nameOfDatabase(store, dataDir)),
      tables,
      // The log in Postgres and the accounts are read from tables as this version has them.
      ...(isCurrent || config.kafka !== null ? [await checkLog(config, store)] : []),
      await checkClock(store.pool),
      ...(isCurrent ? await checkPlatforms(store.pool, polls) : []),
    ];
  } finally {
    await store.close();
  }
}

async function checkTables(pool: Store['pool']): Promise<Finding> {
  try {
    const missing = await countMissingMigrations(pool);
    if (missing === 0) return well('tables', 'as this version has them');
    return open(
      'tables',
      `${missing} migrations of this version are missing`,
      'the next command that opens the database runs them; back up what is in it before',
    );
  } catch (error) {
    return wrong('tables', error);
  }
}

async function checkLog(config: EnvironmentConfig, store: Store): Promise<Finding> {
  try {
    const { log, description } = await withDeadline(openLog(config.kafka, store), OPEN_MS);
    await log.close();
    return well('log', description);
  } catch (error) {
    return wrong('log', error, config.kafka === null ? undefined : 'are KAFKA_… right?');
  }
}

async function checkClock(db: Queryable): Promise<Finding> {
  const before = Date.now();
  const answer = await db.query('SELECT clock_timestamp() AS at');
  const [row] = parseRows(answer, z.object({ at: z.date() }));
  const here = (before + Date.now()) / 2;
  const differs = Math.abs((row?.at.getTime() ?? here) - here) / 1000;
  return differs > CLOCK_MAY_DIFFER_S
    ? wrong('clock', `it differs from the database's by ${differs.toFixed(0)} s`, 'timedatectl set-ntp true')
    : well('clock', "as the database's");
}

/** Polls the first account of each platform, and keeps nothing. */
async function checkPlatforms(db: Queryable, polls: IngestConfig['polls']): Promise<Finding[]> {
  const standings = await listAccountStandings(db);
  const platforms = [...new Set(standings.map(({ platform }) => platform))];
  if (platforms.length === 0) return [open('platforms', 'no account is polled')];
  const accounts = (await loadCurrentWatchList(db))?.creators.flatMap((creator) => creator.accounts) ?? [];
  return Promise.all(
    platforms.map(async (platform) => {
      const polled = standings.find((one) => one.platform === platform)?.account;
      const account = accounts.filter((one) => one.platform === platform && pollKey(one) === polled);
      const todo = typedHere('sources list');
      try {
        const { outcome } = await withDeadline(checkAccount(account, polls), POLL_MS);
        return outcome.state === 'ok'
          ? well(platform, 'an account answers')
          : wrong(platform, outcome.problem ?? 'its host was not asked', todo);
      } catch (error) {
        return wrong(platform, messageOf(error), todo);
      }
    }),
  );
}
