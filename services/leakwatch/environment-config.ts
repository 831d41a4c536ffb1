import { loadConfig } from '@leakwatch/runtime';
import { z } from 'zod';
import { checkSettingNames } from './check-setting-names.ts';
import { loadKafkaConfig } from './kafka-config.ts';

const DatabaseUrlSchema = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must look like postgres://user:password@host:5432/database',
});

function loadDatabaseConfig(env: NodeJS.ProcessEnv) {
  return loadConfig({ DATABASE_URL: DatabaseUrlSchema.optional() }, env);
}

/** Which database and which log, and that every name means something: to be checked before anything is opened. */
export const ENVIRONMENT_SETTINGS = [checkSettingNames, loadDatabaseConfig, loadKafkaConfig] as const;

/**
 * Which database and which log, from the environment.
 * @throws SettingsError
 */
export function loadEnvironmentConfig(env: NodeJS.ProcessEnv) {
  return {
    /** Without one an embedded Postgres runs in the data folder. */
    databaseUrl: loadDatabaseConfig(env).DATABASE_URL,
    /** Null: the log is in the same database. */
    kafka: loadKafkaConfig(env),
  };
}
