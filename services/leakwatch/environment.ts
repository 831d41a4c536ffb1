import path from 'node:path';
import { type EventLog } from '@leakwatch/event-log';
import { type Stoppable } from '@leakwatch/runtime';
import { openStore, readMasterKey, type OpenStoreOptions, type Store } from '@leakwatch/store';
import { loadEnvironmentConfig, type EnvironmentConfig } from './environment-config.ts';
import { requireData } from './existing-data.ts';
import { openLog } from './open-log.ts';
import { type Opener } from './wait-until-reachable.ts';

/** The database and the log that every command but `scan` works on. */
export interface Environment extends Stoppable {
  readonly store: Store;
  readonly log: EventLog;
  /** The database's name for people, without its password. */
  readonly database: string;
  /** The log's place, for people. */
  readonly logPlace: string;
  /** Whether the log is in Kafka. */
  readonly isLogElsewhere: boolean;
  /** Folders on the disks that must not fill. */
  readonly disks: readonly string[];
}

/**
 * Opens the database of `DATABASE_URL`, else the embedded one in the data folder, and the event log of `KAFKA_BROKERS`, else
 * the one in that database.
 *
 * @param options.creates - creates the embedded database if there is none; otherwise that is a UsageError
 * @param options.config - the settings, if the caller has read them already
 * @param options.opener - opens the log, and a database that is not ours to start; without it they are opened once
 * @throws SettingsError with all that is wrong in the settings, before anything is opened
 */
export async function openEnvironment(options: {
  dataDir: string;
  creates?: boolean;
  config?: EnvironmentConfig;
  onNotice?: (line: string) => void;
  opener?: Opener;
}): Promise<Environment> {
  const { config = loadEnvironmentConfig(process.env), opener = openOnce } = options;
  if (config.databaseUrl === undefined && options.creates !== true) requireData(options.dataDir);
  const openTheStore = () =>
    openStoreAsSet(config, {
      dataDir: options.dataDir,
      ...(options.onNotice === undefined ? {} : { onNotice: options.onNotice }),
    });
  const store = await (config.databaseUrl === undefined ? openTheStore() : opener(openTheStore));
  try {
    const { log, description } = await opener(() => openLog(config.kafka, store));
    return {
      name: 'database and log',
      store,
      log,
      database: nameOfDatabase(store, options.dataDir),
      logPlace: description,
      isLogElsewhere: config.kafka !== null,
      disks: config.disks ?? [store.embedded ? options.dataDir : '/'],
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

/** The database's name for people, without its password. */
export function nameOfDatabase(store: Store, dataDir: string): string {
  return store.embedded
    ? `embedded Postgres in ${path.relative(process.cwd(), dataDir) || '.'}`
    : 'the Postgres of DATABASE_URL';
}

/** Opens the database alone, as the settings have it. */
export function openStoreAsSet(
  config: EnvironmentConfig,
  options: Pick<OpenStoreOptions, 'dataDir' | 'onNotice' | 'migrate'>,
): Promise<Store> {
  return openStore({
    applicationName: 'leakwatch',
    databaseUrl: config.databaseUrl,
    sessionUrl: config.sessionUrl,
    readMasterKey: () => readMasterKey(config.masterKey),
    ...options,
  });
}

function openOnce<T>(open: () => Promise<T>): Promise<T> {
  return open();
}
