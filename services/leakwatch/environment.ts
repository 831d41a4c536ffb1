import path from 'node:path';
import { type EventLog } from '@leakwatch/event-log';
import { type Stoppable } from '@leakwatch/runtime';
import { openStore, type Store } from '@leakwatch/store';
import { loadEnvironmentConfig, type EnvironmentConfig } from './environment-config.ts';
import { openLog } from './open-log.ts';

/** The database and the log that every command but `scan` works on. */
export interface Environment extends Stoppable {
  readonly store: Store;
  readonly log: EventLog;
  /** The database's name for people, without its password. */
  readonly database: string;
  /** The log's place, for people. */
  readonly logPlace: string;
}

/**
 * Opens the database of `DATABASE_URL`, else the embedded one in the data folder, and the event log of `KAFKA_BROKERS`, else
 * the one in that database.
 *
 * @param options.config - the settings, if the caller has read them already
 * @throws SettingsError with all that is wrong in the settings, before anything is opened
 */
export async function openEnvironment(options: {
  dataDir: string;
  config?: EnvironmentConfig;
  onNotice?: (line: string) => void;
}): Promise<Environment> {
  const { config = loadEnvironmentConfig(process.env) } = options;
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
