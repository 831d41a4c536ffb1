import { loadConfig, readSettings, SettingsError } from '@leakwatch/runtime';
import { z } from 'zod';
import { checkSettingNames } from './check-setting-names.ts';
import { ENVIRONMENT_VARIABLES } from './environment-variables.ts';
import { loadKafkaConfig } from './kafka-config.ts';

const DatabaseUrlSchema = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must look like postgres://user:password@host:5432/database',
});

function loadDatabaseConfig(env: NodeJS.ProcessEnv) {
  return loadConfig({ DATABASE_URL: DatabaseUrlSchema.optional(), ...ENVIRONMENT_VARIABLES }, env);
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
    /** Null: the log is in the same database. */
    kafka,
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
