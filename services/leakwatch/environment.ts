import path from 'node:path';
import { type EventLog } from '@leakwatch/event-log';
import { checkSettings, type SettingsLoader, type Stoppable } from '@leakwatch/runtime';
import { openStore, type Store } from '@leakwatch/store';
import { ENVIRONMENT_SETTINGS, loadEnvironmentConfig } from './environment-config.ts';
import { openLog } from './open-log.ts';

/** What every command but `scan` works on: the database, and the log. */
export interface Environment extends Stoppable {
  readonly store: Store;
  readonly log: EventLog;
  /** For people: which database it is, without its password. */
  readonly database: string;
  /** For people: where the log is. */
  readonly logPlace: string;
}

/**
 * Opens the database of `DATABASE_URL`, else the embedded one in the data folder, and the event log of `KAFKA_BROKERS`, else
 * the one in that database.
 *
 * @throws SettingsError with all that is wrong in the settings, before anything is opened
 */
export async function openEnvironment(options: {
  dataDir: string;
  onNotice?: (line: string) => void;
  /** What the command reads besides. */
  settings?: readonly SettingsLoader[];
}): Promise<Environment> {
  checkSettings([...ENVIRONMENT_SETTINGS, ...(options.settings ?? [])], process.env);
  const config = loadEnvironmentConfig(process.env);
  const store = await openStore({
    dataDir: options.dataDir,
    applicationName: 'leakwatch',
    databaseUrl: config.databaseUrl,
    ...(options.onNotice === undefined ? {} : { onNotice: options.onNotice }),
  });
  try {
    const { log, description } = await openLog(config.kafka, store);
    return {
      name: 'database and log',
      store,
      log,
      database: store.embedded
        ? `embedded Postgres in ${path.relative(process.cwd(), options.dataDir) || '.'}`
        : 'the Postgres of DATABASE_URL',
      logPlace: description,
      stop: async () => {
        await log.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
