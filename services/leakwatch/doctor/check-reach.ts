/** Checks of what is elsewhere: the database and the log, their clock, and the platforms that are polled. */
import { accountNamed, checkAccount, listAccountStandings, type IngestConfig } from '@leakwatch/ingest';
import { messageOf, withDeadline } from '@leakwatch/runtime';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';
import { type EnvironmentConfig } from '../environment-config.ts';
import { openEnvironment, type Environment } from '../environment.ts';
import { typedHere } from '../typed.ts';
import { open, well, wrong, type Finding } from './finding.ts';

const OPEN_MS = 30_000;
const POLL_MS = 25_000;
/** As much as signatures of deliveries allow. */
const CLOCK_MAY_DIFFER_S = 30;

/** Opens the database and the log, and looks at what is in them. */
export async function checkReach(
  dataDir: string,
  config: EnvironmentConfig,
  polls: IngestConfig['polls'],
): Promise<Finding[]> {
  let environment: Environment;
  try {
    environment = await withDeadline(openEnvironment({ dataDir, config }), OPEN_MS);
  } catch (error) {
    const todo = config.kafka === null ? 'is DATABASE_URL right?' : 'are DATABASE_URL and KAFKA_… right?';
    return [wrong('database and log', error, todo)];
  }
  try {
    const { pool } = environment.store;
    return [
      well('database', environment.database),
      well('log', environment.logPlace),
      await checkClock(pool),
      ...(await checkPlatforms(pool, polls)),
    ];
  } finally {
    await environment.stop();
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
  return Promise.all(
    platforms.map(async (platform) => {
      const name = standings.find((one) => one.platform === platform)?.account ?? '';
      const todo = typedHere('sources list');
      try {
        const { outcome } = await withDeadline(
          checkAccount(accountNamed(name, { platform }), polls),
          POLL_MS,
        );
        return outcome.state === 'ok'
          ? well(platform, 'an account answers')
          : wrong(platform, outcome.problem ?? 'its host was not asked', todo);
      } catch (error) {
        return wrong(platform, messageOf(error), todo);
      }
    }),
  );
}
