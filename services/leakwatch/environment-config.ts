import { loadConfig, readSettings, SettingsError } from '@leakwatch/runtime';
import { checkSettingNames } from './check-setting-names.ts';
import { DatabaseUrlSchema, ENVIRONMENT_VARIABLES } from './environment-variables.ts';
import { loadKafkaConfig } from './kafka-config.ts';

const MASTER_KEY_PLACES = [
  'LEAKWATCH_MASTER_KEY_FILE',
  'LEAKWATCH_MASTER_KEY',
  'LEAKWATCH_MASTER_KEY_COMMAND',
] as const;

function loadDatabaseConfig(env: NodeJS.ProcessEnv) {
  const config = loadConfig({ DATABASE_URL: DatabaseUrlSchema.optional(), ...ENVIRONMENT_VARIABLES }, env);
  const named = MASTER_KEY_PLACES.filter((name) => config[name] !== undefined);
  if (named.length > 1) {
    throw new SettingsError([`${named.join(', ')}: say where the master key is in one of them only`]);
  }
  return config;
}

/** Reads which database and which log to use, and checks that every setting's name is known. Throws a SettingsError. */
export function loadEnvironmentConfig(env: NodeJS.ProcessEnv) {
  const { database, kafka } = readSettings(
    { names: checkSettingNames, database: loadDatabaseConfig, kafka: loadKafkaConfig },
    env,
  );
  return {
    /** Absent: an embedded Postgres runs in the data folder. */
    databaseUrl: database.DATABASE_URL,
    /** The same database past a pooler by transaction. */
    sessionUrl: database.LEAKWATCH_DATABASE_SESSION_URL,
    /** Null: the log is in the same database. */
    kafka,
    /** The place of the master key; nothing is encrypted without one. */
    masterKey: {
      file: database.LEAKWATCH_MASTER_KEY_FILE,
      value: database.LEAKWATCH_MASTER_KEY,
      command: database.LEAKWATCH_MASTER_KEY_COMMAND,
    },
    /** Absent: the data folder of the embedded Postgres, else the root. */
    disks: database.LEAKWATCH_DISKS,
  };
}

export type EnvironmentConfig = ReturnType<typeof loadEnvironmentConfig>;

/** The same for one service of several: those that meet in Kafka must share a database. Throws a SettingsError. */
export function loadSharedEnvironmentConfig(env: NodeJS.ProcessEnv): EnvironmentConfig {
  const config = loadEnvironmentConfig(env);
  if (config.kafka === null || config.databaseUrl !== undefined) return config;
  throw new SettingsError([
    'DATABASE_URL: is missing: services that share Kafka must share one database, too',
  ]);
}
